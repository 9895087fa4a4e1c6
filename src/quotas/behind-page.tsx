import type { VNode } from 'preact';
import type { Page, Visit } from '../feature';
import { may } from '../organisation/may';
import type { OrganisationService } from '../organisation/service';
import { type Behind, behindOf, behindPath, membersOf } from './behind';
import { rights } from './readings';
import type { Quotas } from './service';
import { quotaTexts } from './texts';

const texts = quotaTexts.behindPage;

interface Parts {
  quotas: Quotas;
  organisation: OrganisationService;
}

/** Who has something open, by sector in roster order: for the office, and of the own sector for who looks after it (C09). */
export function behindPage(parts: Parts): Page {
  return { path: behindPath, title: texts.title, may: rights.seeOpen, render: (visit) => render(parts, visit) };
}

async function render({ quotas, organisation }: Parts, { body, visitor, today }: Visit): Promise<VNode> {
  const { sectors } = await organisation.body(body);
  const seen = sectors.filter(({ code }) => may(rights.seeOpen, visitor, { sector: code }));
  const all = await membersOf(quotas, body, { kind: 'body' });
  const members = all.filter(({ sector }) => seen.some(({ code }) => code === sector));
  const { policies } = await quotas.scheme(body);
  const asks = policies.some(({ advisory }) => !advisory);
  const states = asks ? await quotas.progressOf(body, members, today, null) : new Map();
  const names = behindOf(members, states, { span: null, today });
  if (names.length === 0) return <p class="say">{asks ? texts.none : quotaTexts.advisoryOnly}</p>;
  return (
    <>
      <h2>{texts.count(names.length)}</h2>
      <p class="say">{texts.note}</p>
      {seen.map(({ code, name }) => (
        <Sector key={code} name={name} behind={names.filter(({ sector }) => sector === code)} today={today} />
      ))}
    </>
  );
}

function Sector({ name, behind, today }: { name: string; behind: readonly Behind[]; today: string }): VNode | null {
  if (behind.length === 0) return null;
  return (
    <section>
      <h3>{texts.sector(name, behind.length)}</h3>
      <ul class="records">
        {behind.map(({ id, name: called, lines }) => (
          <li class="card" key={id}>
            <span class="number">{called}</span>
            <p>{texts.open(lines, today)}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
