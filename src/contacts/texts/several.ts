import type { RejectReason } from '../readings';
import { type RecordWords, recordText } from './record-text';

/** What became of one of several contacts told at once. */
export type Verdict =
  | { kind: 'kept' | 'incomplete'; record: RecordWords }
  | { kind: 'repeat'; record: RecordWords; earlier: string }
  | { kind: 'rejected'; why: RejectReason; understood: string };

const whys: Readonly<Record<RejectReason, string>> = { future_date: '日期还没到', invalid_date: '没有这个日期', negated: '说的是没有联系' };

function line(verdict: Verdict): string {
  if (verdict.kind === 'rejected') return `没记：${verdict.understood || '……'}（${whys[verdict.why]}）`;
  const said = `${verdict.record.id}：${recordText(verdict.record)}`;
  if (verdict.kind === 'repeat') return `${said}（像是和${verdict.earlier}同一次，没有计数）`;
  return verdict.kind === 'incomplete' ? `${said}（待补，补全才计数）` : said;
}

/** A paste of several contacts, with a verdict on each. */
export const severalTexts = {
  kept: (verdicts: readonly Verdict[], question: { id: string; asks: string } | null): string => {
    const rejected = verdicts.filter(({ kind }) => kind === 'rejected').length;
    const head =
      rejected > 0
        ? `收到${verdicts.length}条，记下${verdicts.length - rejected}条，${rejected}条没有记：`
        : `已为您记录${verdicts.length}条：`;
    const asked = question ? `${question.id}还差一点：${question.asks}` : '如有误请回复“更正”加编号，也可“撤回”加编号。';
    return [head, ...verdicts.map((each) => line(each)), asked].join('\n');
  },
  noneKept: (verdicts: readonly Verdict[]): string =>
    [`这${verdicts.length}条都没有记：`, ...verdicts.map((each) => line(each))].join('\n'),
  tooLong: '这条太长，读不完，一条都没有记。请分几次发。',
  tooMany: (count: number, most: number): string => `一次最多记${most}条，这里有${count}条，一条都没有记。请分几次发。`,
};
