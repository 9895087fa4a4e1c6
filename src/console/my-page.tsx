import type { VNode } from 'preact';
import type { ContactRecord } from '../contacts/service';
import { recordText } from '../contacts/texts';
import { yearOf } from '../foundation/day';
import type { Member } from '../organisation/service';
import type { Progress } from '../quotas/service';
import { periodText } from '../quotas/texts';
import { Frame, PageHead } from './frame';
import { consoleTexts } from './texts';

const texts = consoleTexts.me;

export interface MyView {
  member: Member;
  /** Name of the home sector; null for staff. */
  sector: string | null;
  progress: readonly Progress[];
  records: readonly ContactRecord[];
  now: Date;
  zone: string;
  today: string;
  style: string;
}

/** What a member sees of the own work: this period's progress and the last records. Nobody else's, no ranking (C09). */
export function MyPage(view: MyView): VNode {
  const { member, sector, progress, now, zone } = view;
  const done = progress.every(({ remaining, exempt }) => remaining === 0 || exempt !== undefined);
  return (
    <Frame title={texts.title} style={view.style}>
      <PageHead title={texts.title} lines={[texts.member(member.name, sector), texts.asOf(now, zone)]} />
      <h2>{texts.progress}</h2>
      {progress.map((each) => (
        <Rule key={`${each.policyId}${each.rule.metric}${each.period}`} progress={each} />
      ))}
      <p class="say">{progress.length === 0 ? texts.nothingAsked : done ? texts.allDone : texts.something}</p>
      <h2>{texts.records}</h2>
      <Records {...view} />
      <form method="post" action="/sign-out">
        <button class="button quiet" type="submit">
          {texts.signOut}
        </button>
      </form>
      <p class="say">{texts.onlyYou}</p>
    </Frame>
  );
}

function Rule({ progress }: { progress: Progress }): VNode {
  const { rule, done, needed, remaining, exempt, advisory } = progress;
  const unit = texts.units[rule.metric];
  const complete = remaining === 0;
  const state = exempt === undefined ? (complete ? texts.complete : texts.open(remaining, unit)) : texts.exempt(exempt);
  const good = complete || exempt !== undefined ? ' good' : '';
  const what = rule.metric === 'events' ? texts.events : texts.personTimes;
  return (
    <section class="card">
      <div class="rule-head">
        <strong>{`${periodText(progress, true)}${what}`}</strong>
        <span class={`tag${good}`}>{state}</span>
      </div>
      <progress class={`bar${good}`} max={Math.max(1, needed)} value={Math.min(done, Math.max(1, needed))} aria-label={state} />
      <p class="numbers">
        <span>{texts.done(done, unit)}</span>
        <span>{`${texts.needed(needed, unit)}${advisory ? ` · ${texts.advisory}` : ''}`}</span>
      </p>
    </section>
  );
}

function Records({ records, today }: MyView): VNode {
  if (records.length === 0) return <p class="say">{texts.noRecords}</p>;
  return (
    <>
      <ul class="records">
        {records.map((record) => (
          <li class="card" key={record.id}>
            <span class="number">{record.id}</span>
            <p>{recordText({ ...record, year: yearOf(today) })}</p>
            {record.missing.length > 0 && <span class="tag">{texts.incomplete}</span>}
            {record.status === 'asked' && <span class="tag">{texts.asked}</span>}
          </li>
        ))}
      </ul>
      <p class="say">{texts.howToCorrect}</p>
    </>
  );
}
