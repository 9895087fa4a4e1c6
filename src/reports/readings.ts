import { action, all } from '../organisation/may';
import type { Asked } from '../reader/asked';
import { intent } from '../reader/intent';
import { means } from '../reader/means';
import type { Reading } from '../reader/reading';
import { periodOf, type Whom, whomOf } from '../reader/whom';

export interface ReportExportReading extends Reading, Whom {
  intent: 'report_export';
  period: string | null;
  /** What the paper is called: 反馈表, 年度履职报告. */
  form: string | null;
}

const forms =
  /[\u4e00-\u9fff]{0,10}?(?:反馈表|履职报告|情况表|成绩单|统计表|汇总表|台账|报告|报表|清单|明细表?|名单|表格|档案|季报|年报|月报|总结|一览表|登记表|记录表|记录|excel|Excel|EXCEL|表)/;

/** A form or report to be made. */
function readExport(asked: Asked): ReportExportReading {
  const body = asked.body.replace(/^(?:请|帮我?|给我?|麻烦|把)+/, '');
  const form =
    forms
      .exec(body)?.[0]
      ?.replace(
        /^.*(?:出一?[份个张]|导出|生成|发|做|打印|下载|要|给我|一份|一下|我的|我们|季度|\d月份?|今年|年度的?|的|界别?)(?=.{2})/,
        '',
      ) ??
    forms.exec(asked.command)?.[0] ??
    null;
  const whom = whomOf(asked);
  const period = periodOf(asked);
  const yearly = period ?? (means(asked, 'yearly') ? asked.document.context.today.slice(0, 4) : null);
  const full = means(asked, 'yearly_report') ? '年度履职报告' : form;
  return { intent: 'report_export', ...whom, period: yearly, form: full };
}

export const exportReport = intent<ReportExportReading>('report_export', {
  words: [
    '导出',
    '报表',
    '报告',
    '生成报告',
    '履职报告',
    '生成反馈表',
    '反馈表',
    '成绩单',
    '台账',
    '导出报表',
    '导出记录',
    '导出台账',
    '汇总',
    '汇总表',
    '季报',
    '年报',
    '下载',
    '打印',
    'daochu',
  ],
  looksBack: true,
  read: readExport,
});

/** What can be asked for on paper. */
export const readings = [exportReport];

export const rights = {
  see: action('report.see', all('own')),
};
