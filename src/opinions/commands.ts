import { type Command, type CommandContext, command, type Reply } from '../chat/command';
import { inPrivate } from '../chat/in-private';
import { yearOf } from '../foundation/day';
import { type KeptText, pieceOf } from '../foundation/kept-text';
import { may } from '../organisation/may';
import type { OrganisationService } from '../organisation/service';
import { officeNotices } from './notices';
import {
  type OpinionKind,
  type OpinionQueryReading,
  type OpinionUpdateReading,
  queryOpinion,
  rights,
  submitOpinion,
  submitProposalLead,
  updateOpinion,
} from './readings';
import type { OpinionNotes, Said } from './service';
import { opinionTexts as texts } from './texts';

interface Tools {
  notes: OpinionNotes;
  organisation: OrganisationService;
}

const shown = 10;

/** What can be told for opinion reports and proposals, and asked of it. */
export function opinionCommands(tools: Tools): Command[] {
  return [
    command(submitOpinion, { may: rights.note, help: texts.help.note, handle: (context, reading) => note(tools, context, reading) }),
    command(submitProposalLead, {
      may: rights.note,
      handle: (context, reading) => note(tools, context, { ...reading, kind: 'proposal_lead' }),
    }),
    command(queryOpinion, {
      may: rights.see,
      help: [
        { say: texts.help.mine, may: rights.note },
        { say: texts.help.all, may: rights.list, first: ['staff', 'auditor'] },
      ],
      handle: (context, reading) => query(tools, context, reading),
    }),
    command(updateOpinion, {
      may: rights.remark,
      denied: texts.onlyOffice,
      handle: (context, reading) => remark(tools, context, reading),
    }),
  ];
}

const saidIn = ({ body, speaker, now, today, eventKey }: CommandContext): Said => ({ body, speaker, now, today, source: eventKey });

/** As typed: the reader cuts and tidies what it reads. */
const wordsOf = ({ text }: CommandContext, { spans }: Pick<OpinionQueryReading, 'spans'>): KeptText =>
  pieceOf(text, (all) => (spans?.['text'] ? all.slice(spans['text'][0]) : ''));

async function note(
  { notes, organisation }: Tools,
  context: CommandContext,
  reading: { kind: OpinionKind; spans?: OpinionQueryReading['spans'] },
): Promise<Reply> {
  const noted = await notes.note(saidIn(context), reading.kind, wordsOf(context, { ...(reading.spans && { spans: reading.spans }) }));
  if (noted.kind === 'fault') return { text: texts.faults[noted.fault] };
  return { text: texts.noted(noted.note), private: await officeNotices(organisation, noted.note) };
}

async function query({ notes }: Tools, context: CommandContext, { opinion, keyword, scope }: OpinionQueryReading): Promise<Reply> {
  const { body, speaker, today } = context;
  const year = yearOf(today);
  const said = (text: string): Reply => inPrivate(context, 'opinions', text);
  if (opinion !== null) {
    const found = await notes.see(body, speaker, plainNumber(opinion));
    return found ? said(texts.one(found, year)) : { text: texts.none(plainNumber(opinion)) };
  }
  if (scope === 'all' && may(rights.list, speaker)) {
    const { newest, count } = await notes.all(body, shown);
    return said(texts.all(newest, count, year));
  }
  const mine = await notes.mine(body, speaker.memberId, shown);
  const meant = keyword === null ? undefined : mine.find(({ text }) => text.includes(keyword));
  return said(meant ? texts.one(meant, year) : texts.mine(mine, year));
}

async function remark({ notes }: Tools, context: CommandContext, reading: OpinionUpdateReading): Promise<Reply> {
  const { opinion } = reading;
  if (opinion === null) return { text: texts.whichOne };
  const id = plainNumber(opinion);
  const done = await notes.remark(
    saidIn(context),
    id,
    pieceOf(wordsOf(context, reading), (all) => all.replace(numbered, '')),
  );
  if (done.kind === 'none') return { text: texts.none(id) };
  if (done.kind === 'denied') return { text: texts.onlyOffice };
  return { text: done.kind === 'fault' ? texts.faults[done.fault] : texts.remarked(done.note) };
}

const numbered = /^[\s,:，：]*[Mm]-?\d{1,6}[\s,:，：]*/u;

/** M07 is M7. */
const plainNumber = (id: string): string => `M${Number(id.slice(1))}`;
