import { DateTime } from 'luxon';
import { dayText } from '../chat/labels';
import { type MeasureName, measures } from '../measures';

/** What a sentence about progress needs to know. */
interface ProgressWords {
  rule: { metric: MeasureName; every: 'quarter' | 'half_year' | 'year' };
  period: string;
  done: number;
  needed: number;
  remaining: number;
  exempt?: string;
  advisory: boolean;
}

/** '第三季度', '上半年', '全年'; the current one is '本季度', '本半年'. */
export function periodText({ rule, period }: ProgressWords, current: boolean): string {
  if (rule.every === 'year') return current ? '全年' : `${period}年全年`;
  if (current) return rule.every === 'quarter' ? '本季度' : '本半年';
  return namedPeriod(period);
}

/** '2026年', '2026年第三季度', '2026年上半年', '2026年9月'. */
function namedPeriod(period: string): string {
  const [year, part = ''] = period.split('-');
  if (part === '') return `${year}年`;
  if (part.startsWith('Q')) return `${year}年第${['一', '二', '三', '四'][Number(part[1]) - 1]}季度`;
  if (part.startsWith('H')) return `${year}年${part === 'H1' ? '上' : '下'}半年`;
  return `${year}年${Number(part)}月`;
}

const unit = ({ rule }: ProgressWords): string => measures[rule.metric].unit;

function line(words: ProgressWords, current: boolean): string {
  const { done, needed, remaining, exempt } = words;
  const did = measures[words.rule.metric].did(done);
  const due = exempt
    ? `已免除：${exempt}`
    : `要求${needed}${unit(words)}，${remaining === 0 ? '已完成' : `还差${remaining}${unit(words)}`}`;
  return `${periodText(words, current)}${did}（${due}${words.advisory ? '，仅供参考' : ''}）`;
}

const open = (words: ProgressWords): string => `${periodText(words, true)}${measures[words.rule.metric].open(words.remaining)}`;

export const quotaTexts = {
  page: {
    title: '联系界别群众',
    done: (count: number, measured: string): string => `已有 ${count} ${measured}`,
    needed: (count: number, measured: string): string => `要求 ${count} ${measured}`,
    open: (count: number, measured: string): string => `还差 ${count} ${measured}`,
    complete: '已完成',
    exempt: (reason: string): string => `已免除：${reason}`,
    advisory: '仅供参考',
    allDone: '都完成了，辛苦了！',
    something: '联系之后在群里 @助手 发一句话，我就帮您记上。',
    nothingAsked: '联系要求是对委员的，您这里没有要完成的。',
  },
  help: { progress: '/进度 看本季度和全年还差多少（私下答复）' },
  /** `at`: local instant of the answer; it also keeps two answers apart for the platform's duplicate check. */
  progress: (name: string, lines: readonly ProgressWords[], at: { now: Date; zone: string; current: boolean }): string => {
    const when = DateTime.fromJSDate(at.now, { zone: at.zone });
    const head = `${name}委员，截至${dayText(when.toFormat('yyyy-MM-dd'))}${when.toFormat('H:mm')}，`;
    const done = lines.every(({ remaining, exempt }) => remaining === 0 || exempt);
    return `${head}您${lines.map((each) => line(each, at.current)).join('；')}。${done ? '辛苦了！' : '联系之后发一句话，我就帮您记上。'}`;
  },
  nothingAsked: (name: string): string => `${name}同志，联系要求是对委员的，您这里没有要完成的。`,
  reminder: (lines: readonly ProgressWords[]): string =>
    `温馨提示：${lines.map(open).join('；')}。如已联系，直接发一句就能补录，例如“/记录 走访 昨天 红柳社区 12人 物业收费”；工作忙或身体不便，请告诉界别联络员。本提示仅您可见。`,
  noRanking: (totals: string): string => `不做排名。可以告诉您总数：${totals}`,
  /** `period`: a year, a quarter, a half or a month, as '2026', '2026-Q3', '2026-H1', '2026-09'. */
  totals: (period: string, thisYear: boolean, sum: { records: number; people: number }): string =>
    `${thisYear ? '今年' : namedPeriod(period)}全体委员共联系界别群众${sum.records}次、${sum.people}人次。`,
  othersDenied: '每位委员的进度只有本人、召集人和机关工作人员能看。发“/进度”可以看您自己的。',
  behind: (sector: string, names: readonly { name: string; lines: readonly ProgressWords[] }[]): string =>
    names.length === 0
      ? `${sector}的委员都已完成，没有待提醒的。`
      : [
          `${sector}待提醒${names.length}位（仅您可见，请勿转发群内）：`,
          ...names.map(({ name, lines }) => `${name}：${lines.map(open).join('；')}`),
        ].join('\n'),
};
