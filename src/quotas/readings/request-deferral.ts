import { type Asked, without } from '../../reader/asked';
import { intent } from '../../reader/intent';
import { saysIn } from '../../reader/means';
import type { Reading } from '../../reader/reading';
import { periodOf } from '../../reader/whom';

export interface DeferralReading extends Reading {
  intent: 'deferral_request';
  /** The quarter is finished later; why it went as it went; no reminders. */
  kind: 'defer' | 'explain' | 'mute';
  period: string | null;
  reason: string | null;
}

function kindOf({ command, body, document }: Asked): DeferralReading['kind'] {
  const said = `${command} ${body}`;
  if (saysIn(said, document, 'mute_asked')) return 'mute';
  return saysIn(said, document, 'explains') ? 'explain' : 'defer';
}

const periodWords = /(?:今年|去年|明年|\d{4}年)?(?:第?[一二三四1-4]个?季度|[本这上下]一?个?(?:季度|月)|今年|全年|\d{1,2}月份?)/g;
const asks =
  /我?(?:想|要|需要|得)?(?:申请|请求|请)?(?:[,。]|^)?(?:延期|延缓|缓一?[下缓]|说明(?:一?下)?|免提醒|先?不(?:参加|去|来)了?|(?:去|参加|完成|做)不[了成]了?|(?:可能|恐怕|估计)?完不成)/g;
const joints = /(?:原因是?|理由是?|因为?|由于|我|这边|恐怕|估计|可能|的|任务|就|先|了)+(?= |$)|^(?:原因是?|理由是?|因为?|由于|我|:)+/g;

/** What is left when the period and the request itself are gone: 身体不好, 在外驻村. */
function reasonOf({ body, document }: Asked): string | null {
  const said = /(?:因为?|由于|原因是?:?|理由是?:?)([^。;\n]{2,60}?)(?:[,。;]|$)/.exec(body)?.[1];
  if (said) return said.trim();
  const rest = without(body, periodWords, document.lexicon.acts.mute_asked, asks).split(/[,。;! ]/);
  const pieces = rest.map((piece) => without(piece, joints)).filter((piece) => piece.length >= 2);
  return pieces[0] ?? null;
}

/** A quarter that cannot be met as it should: put off, explained, or without reminders. */
export const requestDeferral = intent<DeferralReading>('deferral_request', {
  words: ['延期', '申请延期', '延期申请', '说明', '说明情况', '情况说明', '免提醒', '本季度免提醒', '暂缓任务', 'yanqi'],
  looksBack: true,
  keeps: true,
  read: (asked) => ({ intent: 'deferral_request', kind: kindOf(asked), period: periodOf(asked), reason: reasonOf(asked) }),
});
