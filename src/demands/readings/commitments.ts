import { type Asked, datesOf, idOf, without } from '../../reader/asked';
import { toIso } from '../../reader/calendar';
import { intent } from '../../reader/intent';
import { means, readOut } from '../../reader/means';
import { companionsIn, namesIn } from '../../reader/names';
import type { Reading } from '../../reader/reading';
import { spotsIn, whereOf } from '../../reader/where';
import { keywordOf } from './named-case';

export interface CommitmentReading extends Reading {
  intent: 'add_commitment';
  to: string | null;
  content: string;
  due: string | null;
  missing: 'due'[];
}

export interface CommitmentUpdateReading extends Reading {
  intent: 'update_commitment';
  commitment: string | null;
  keyword: string | null;
  status: 'pending' | 'kept';
}

/** A promise: to whom, what, until when. */
function readCommitment(asked: Asked): CommitmentReading {
  const { document, section, body } = asked;
  const due = datesOf(asked)
    .filter((d) => d.from !== undefined)
    .at(-1);
  const named = [...namesIn(document, section), ...companionsIn(document, section)];
  const where = whereOf(document, section, spotsIn(document, section));
  const said = readOut(body, document, 'promised_to');
  const to = named[0]?.name ?? said ?? where.place ?? where.organisation;
  const day = due?.to ?? due?.from;
  const content = due ? without(body.replace(document.text.slice(due.start, due.end), ' ')) : body;
  return {
    intent: 'add_commitment',
    to: to ?? null,
    content: content.replace(/^[,。:\s]+/, '').replace(document.lexicon.acts.before_that_day, ''),
    due: day === undefined ? null : toIso(day),
    missing: day === undefined ? ['due'] : [],
  };
}

function readCommitmentUpdate(asked: Asked): CommitmentUpdateReading {
  const broken = means(asked, 'promise_broken');
  return { intent: 'update_commitment', commitment: idOf(asked, 'A-Z'), keyword: keywordOf(asked), status: broken ? 'pending' : 'kept' };
}

export const addCommitment = intent<CommitmentReading>('add_commitment', {
  words: ['承诺', '新承诺', '登记承诺', '承诺事项'],
  keeps: true,
  read: readCommitment,
});

export const updateCommitment = intent<CommitmentUpdateReading>('update_commitment', {
  words: ['兑现', '承诺兑现', '已兑现', '兑现承诺', '完成承诺', '承诺完成'],
  keeps: true,
  read: readCommitmentUpdate,
});
