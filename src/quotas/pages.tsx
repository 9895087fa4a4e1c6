import type { VNode } from 'preact';
import type { OwnPart, Visit } from '../feature';
import { measures } from '../measures';
import type { OrganisationService } from '../organisation/service';
import type { Progress } from './progress';
import type { Quotas } from './service';
import { periodText, quotaTexts } from './texts';

const texts = quotaTexts.page;

interface Parts {
  quotas: Quotas;
  organisation: OrganisationService;
}

/** A member's own progress in the periods that run. Nobody else's, no ranking (C09). */
export const myProgress = (parts: Parts): OwnPart => ({ place: 1, render: (visit) => render(parts, visit) });

async function render({ quotas, organisation }: Parts, { body, visitor, today }: Visit): Promise<VNode> {
  const member = await organisation.member(body, visitor.memberId);
  const progress = member && member.sector !== null ? await quotas.progress(body, member, today) : [];
  const done = progress.every(({ remaining, exempt }) => remaining === 0 || exempt !== undefined);
  return (
    <>
      <h2>{texts.title}</h2>
      {progress.map((each) => (
        <Rule key={`${each.policyId}${each.rule.metric}${each.period}`} progress={each} />
      ))}
      <p class="say">{progress.length === 0 ? texts.nothingAsked : done ? texts.allDone : texts.something}</p>
    </>
  );
}

function Rule({ progress }: { progress: Progress }): VNode {
  const { rule, done, needed, remaining, exempt, advisory } = progress;
  const { unit, label } = measures[rule.metric];
  const complete = remaining === 0;
  const state = exempt === undefined ? (complete ? texts.complete : texts.open(remaining, unit)) : texts.exempt(exempt);
  const good = complete || exempt !== undefined ? ' good' : '';
  return (
    <section class="card">
      <div class="rule-head">
        <strong>{`${periodText(progress, true)}${label}`}</strong>
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
