import type { VNode } from 'preact';
import type { Base, Ledger, Page, Visit } from '../feature';
import type { OrganisationService } from '../organisation/service';
import { rights } from './readings';
import { undeliveredTexts as texts } from './texts';

interface Tools {
  ledger: Pick<Ledger, 'unconfirmed'>;
  organisation: OrganisationService;
  calledPurpose: Base['calledPurpose'];
}

const shownMs = 30 * 86_400_000;

/** What was not certainly delivered, newest first, with what to do about it. */
export function undeliveredPage(tools: Tools): Page {
  return { path: '/undelivered', title: texts.title, may: rights.list, render: (visit) => render(tools, visit) };
}

async function render({ ledger, organisation, calledPurpose }: Tools, { body, zone, now }: Visit): Promise<VNode> {
  const rows = await ledger.unconfirmed(body, new Date(now.getTime() - shownMs));
  if (rows.length === 0) return <p class="say">{texts.none}</p>;
  const nameOf = async (memberId: string): Promise<string> => (await organisation.member(body, memberId))?.name ?? memberId;
  const shown = await Promise.all(
    rows.map(async (row) => ({
      ...row,
      whom: row.memberId ? await nameOf(row.memberId) : row.purpose === 'group_notice' ? texts.group : texts.nobody,
    })),
  );
  const advice = (['unknown', 'refused'] as const).filter((state) => rows.some((row) => row.state === state));
  return (
    <>
      <h2>{texts.count(rows.length)}</h2>
      {advice.map((state) => (
        <p class="say" key={state}>
          {`${texts.state[state] ?? ''}：${texts[state]}`}
        </p>
      ))}
      <ul class="records">
        {shown.map(({ key, whom, purpose, platform, plannedAt, state, outcome }) => (
          <li class="card" key={key}>
            <span class="number">{`${whom} ${calledPurpose(purpose)}`}</span>
            <p class="from">{texts.line(plannedAt, zone, platform)}</p>
            <p>{[texts.state[state] ?? '', ...(outcome ? [texts.code(outcome)] : [])].join('，')}</p>
          </li>
        ))}
      </ul>
    </>
  );
}
