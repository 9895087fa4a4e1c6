import { type Asked, without } from '../../reader/asked';
import { intent } from '../../reader/intent';
import { namesIn as membersNamedIn } from '../../reader/names';
import type { Reading } from '../../reader/reading';
import { periodOf } from '../../reader/whom';

export interface DeferralReading extends Reading {
  intent: 'deferral_request';
  /** The quarter is finished later; why it went as it went; no reminders. */
  kind: 'defer' | 'explain' | 'mute';
  period: string | null;
  reason: string | null;
  /** Members named in it: whose quarter it may be. */
  names?: string[];
  /** The sender is spoken of beside them (我替周岚驻村). */
  own?: true;
}

/** 我 who does not only ask: 帮我给郑怀远延期 is not about the sender. */
const ofSender = /(?<![帮给替请劳为])(?:我|本人)(?!们?(?:来|想|要|先)?(?:帮|替|给|代|为))/;

function namesIn(asked: Asked): Pick<DeferralReading, 'names' | 'own'> {
  const names = knownIn(asked);
  if (names.length === 0) return {};
  return { names, ...(ofSender.test(asked.body) && { own: true as const }) };
}

const knownIn = ({ document, section }: Asked): string[] => [
  ...new Set(
    membersNamedIn(document, section)
      .filter(({ kind }) => kind === 'companion')
      .map(({ name }) => name.replace(/委员$/, '')),
  ),
];

const mute = /(?:免|别|不要|不用|不再|停|暂停)[^,。]{0,4}提醒|免打扰/;
const explain = /说明|解释|情况是/;

function kindOf({ command, body }: Asked): DeferralReading['kind'] {
  const said = `${command} ${body}`;
  if (mute.test(said)) return 'mute';
  return explain.test(said) ? 'explain' : 'defer';
}

const periodWords = /(?:今年|去年|明年|\d{4}年)?(?:第?[一二三四1-4]个?季度|[本这上下]一?个?(?:季度|月)|今年|全年|\d{1,2}月份?)/g;
const asks =
  /我?(?:想|要|需要|得)?(?:申请|请求|请)?(?:[,。]|^)?(?:延期|延缓|缓一?[下缓]|说明(?:一?下)?|免提醒|先?不(?:参加|去|来)了?|(?:去|参加|完成|做)不[了成]了?|(?:可能|恐怕|估计)?完不成)/g;
const joints = /(?:原因是?|理由是?|因为?|由于|我|这边|恐怕|估计|可能|的|任务|就|先|了)+(?= |$)|^(?:原因是?|理由是?|因为?|由于|我|:)+/g;

/** What is left when the period and the request itself are gone: 身体不好, 在外驻村. */
function reasonOf({ body }: Asked): string | null {
  const said = /(?:因为?|由于|原因是?:?|理由是?:?)([^。;\n]{2,60}?)(?:[,。;]|$)/.exec(body)?.[1];
  if (said) return said.trim();
  const rest = without(body, periodWords, mute, asks).split(/[,。;! ]/);
  const pieces = rest.map((piece) => without(piece, joints)).filter((piece) => piece.length >= 2);
  return pieces[0] ?? null;
}

/** A quarter that cannot be met as it should: put off, explained, or without reminders. */
export const requestDeferral = intent<DeferralReading>('deferral_request', {
  words: ['延期', '申请延期', '延期申请', '说明', '说明情况', '情况说明', '免提醒', '本季度免提醒', '暂缓任务', 'yanqi'],
  looksBack: true,
  keeps: true,
  read: (asked) => ({
    intent: 'deferral_request',
    kind: kindOf(asked),
    period: periodOf(asked),
    reason: reasonOf(asked),
    ...namesIn(asked),
  }),
});
