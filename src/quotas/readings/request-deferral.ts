import { type Asked, without } from '../../reader/asked';
import { intent } from '../../reader/intent';
import { readOut, saysIn } from '../../reader/means';
import { membersIn } from '../../reader/members';
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
  /** Somebody else is spoken of, whoever that is (先别催他, 罗静怡委员产假). */
  someone?: true;
}

/** 我 who does not only ask: 帮我给郑怀远延期 is not about the sender. */
const ofSender = /(?<![帮给替请劳为])(?:我|本人)(?!们?(?:来|想|要|先)?(?:帮|替|给|代|为))/;

/** 别提醒他, 给她免一个季度, 某某委员: not of one's family, whom one looks after. */
const ofSomeone =
  /(?:提醒|催|免|[对给帮替让])[^,。]{0,3}[他她](?!们)|[他她](?!们)[^,。]{0,4}(?:免|延期|别提醒|别催)|[\u4e00-\u9fff]{2,4}委员/;

function namesIn(asked: Asked): Pick<DeferralReading, 'names' | 'own' | 'someone'> {
  const names = knownIn(asked);
  const own = ofSender.test(asked.body);
  const someone = !own && ofSomeone.test(asked.body) && { someone: true as const };
  return names.length === 0 ? { ...someone } : { ...someone, names, ...(own && { own: true as const }) };
}

const knownIn = ({ document, section }: Asked): string[] => [
  ...new Set(
    membersNamedIn(document, section)
      .filter(({ kind }) => kind === 'companion')
      .map(({ name }) => name.replace(/委员$/, '')),
  ),
];

function kindOf({ command, body, document }: Asked): DeferralReading['kind'] {
  const said = `${command} ${body}`;
  if (saysIn(said, document, 'mute_asked')) return 'mute';
  return saysIn(said, document, 'explains') ? 'explain' : 'defer';
}

/** 给 … 做个说明: what stood beside the name. */
const nobody = /^(?:给|帮|替|为|委员)+$/;

/** What is left when the period and the request itself are gone: 身体不好, 在外驻村. */
function reasonOf(asked: Asked): string | null {
  const { document } = asked;
  const body = membersIn(asked).reduce((left, name) => left.replace(new RegExp(`${name}(?:委员)?`), ' '), asked.body);
  const said = readOut(body, document, 'because_of_it');
  if (said) return said.trim();
  const rest = without(
    body,
    document.lexicon.acts.period_words,
    document.lexicon.acts.mute_asked,
    document.lexicon.acts.deferral_asked,
  ).split(/[,。;! ]/);
  const pieces = rest.map((piece) => without(piece, document.lexicon.acts.deferral_joints, nobody)).filter((piece) => piece.length >= 2);
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
