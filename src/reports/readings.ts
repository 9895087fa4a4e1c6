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

/** A form or report to be made. */
function readExport(asked: Asked): ReportExportReading {
  const body = asked.body.replace(asked.document.lexicon.acts.please_first, '');
  const form =
    asked.document.lexicon.acts.report_forms.exec(body)?.[0]?.replace(asked.document.lexicon.acts.report_led_in, '') ??
    asked.document.lexicon.acts.report_forms.exec(asked.command)?.[0] ??
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
