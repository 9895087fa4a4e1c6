import { toIso } from '../calendar';
import { readPeriod } from '../periods';
import type { ProgressReading, Reading } from '../reading';
import { type Asked, datesOf, dayOf, membersIn } from './asked';
import { sectorIn } from './sectors';

type Scope = ProgressReading['scope'];

interface Whom {
  scope: Scope;
  subject: string | null;
}

const everybody =
  /全会|全体|全市|全县|全区|所有委员|各界别|全委|整个政协|全部委员|各位委员|大家|委员们|全政协|全员|所有界别|各委员|全群|[没未]完成的/;

/** Whose figures are asked for. */
export function whomOf(asked: Asked): Whom {
  const sector = sectorIn(asked);
  if (sector) return { scope: 'sector', subject: sector.name };
  const names = membersIn(asked);
  if (names[0]) return { scope: 'member', subject: names[0] };
  if (/(?:我们|咱们?|本|我们这个)界别|我们组|本组|本界|咱界|活动组|(?<!各)界别里/.test(asked.body))
    return { scope: 'sector', subject: null };
  if (everybody.test(asked.body) || /谁|哪些人|哪几位|哪些委员|哪位/.test(asked.body)) return { scope: 'org', subject: null };
  return { scope: 'self', subject: null };
}

/** The period asked about: '2026', '2026-Q3', '2026-09'; null when none is said. */
export function periodOf(asked: Asked): string | null {
  const { today } = asked.document;
  for (let at = asked.section.start; at < asked.section.end; at++) {
    const before = asked.document.text[at - 1] ?? '';
    if (/[\d一二三四第]/.test(before)) continue;
    const period = readPeriod(asked.document.text, at, today, 'past');
    if (period?.label) return period.label;
  }
  return null;
}

const metrics: readonly [RegExp, string][] = [
  [
    /排名|排行|排个[名队]|名次|第几|谁.{0,8}最[多少高低]|最多的|最少的|倒数|垫底|前三|前十|榜|比一比|第一名|前几名|冠军|谁第一|排一下|排序|(?:从|由)[高多]到[低少]|谁做得最/,
    'ranking',
  ],
  [
    /谁(?:还)?[没未]|没完成|未完成|没达标|未达标|哪些人.{0,4}[没未]|落后|谁.{0,6}没|待提醒|差得多|谁差|还没动|没动静|哪[些几]位?.{0,6}[没未]|尚待|谁需要|掉队|谁还差|没记/,
    'behind_list',
  ],
  [/还差|差多少|差几|还剩|还要|还需|剩多少|缺多少/, 'remaining'],
  [/人次|多少人|多少群众|几个人|多少个人|见了多少|群众数/, 'person_times'],
  [/多少家企业|几家企业|企业数/, 'distinct_enterprises'],
  [/社情民意|多少篇|几篇|信息/, 'opinions'],
  [/提案/, 'proposals'],
  [/界别活动|多少场|几场/, 'sector_activities'],
  [/几次|多少次|次数|几回|多少回|多少条|几条/, 'events'],
];

/** Progress of the quota; who is behind is told in private, and nobody is ranked (domain.md C01, C09). */
export function readProgress(asked: Asked): ProgressReading {
  const said = `${asked.command} ${asked.body}`;
  const metric = metrics.find(([pattern]) => pattern.test(said))?.[1] ?? null;
  const whom = whomOf(asked);
  const scope: Whom = metric === 'ranking' && whom.scope === 'self' && !/我/.test(asked.body) ? { scope: 'org', subject: null } : whom;
  return {
    intent: 'query_progress',
    ...scope,
    period: periodOf(asked),
    metric,
    ...privacyOf(asked, scope.scope, metric),
    ...(metric === 'ranking' && { refuse: 'public_ranking' as const }),
  };
}

/** Another person's figures: conveners and staff get them privately, members not at all. */
function privacyOf(asked: Asked, scope: Scope, metric: string | null): Pick<ProgressReading, 'privacy'> {
  const role = asked.document.context.sender_role ?? 'member';
  if (metric === 'ranking') return {};
  if (scope === 'member' || metric === 'behind_list') return { privacy: role === 'member' ? 'deny' : 'private_reply' };
  return scope === 'self' && asked.document.context.chat !== 'private' ? { privacy: 'private_reply' } : {};
}

const forms =
  /[\u4e00-\u9fff]{0,10}?(?:反馈表|履职报告|情况表|成绩单|统计表|汇总表|台账|报告|报表|清单|明细表?|名单|表格|档案|季报|年报|月报|总结|一览表|登记表|记录表|记录|excel|Excel|EXCEL|表)/;

/** A form or report to be made. */
export function readExport(asked: Asked): Reading {
  const body = asked.body.replace(/^(?:请|帮我?|给我?|麻烦|把)+/, '');
  const form =
    forms
      .exec(body)?.[0]
      ?.replace(
        /^.*(?:出一?[份个张]|导出|生成|发|做|打印|下载|要|给我|一份|一下|我的|我们|季度|\d月份?|今年|年度的?|的|界别?)(?=.{2})/,
        '',
      ) ??
    forms.exec(asked.command)?.[0] ??
    null;
  const whom = whomOf(asked);
  const period = periodOf(asked);
  const yearly = period ?? (/年度|年终|年底|年报/.test(asked.body) ? asked.document.context.today.slice(0, 4) : null);
  const full = /年度履职报告/.test(asked.body) ? '年度履职报告' : form;
  return { intent: 'report_export', ...whom, period: yearly, form: full };
}

/** What has been recorded, of a day. */
export function readRecordQuery(asked: Asked): Reading {
  const token = datesOf(asked).find((d) => d.from !== undefined);
  const whom = whomOf(asked);
  return {
    intent: 'record_query',
    date: dayOf(token),
    scope: whom.scope,
    ...(whom.subject && { subject: whom.subject }),
    ...(token?.kind === 'period' &&
      token.from !== undefined &&
      token.to !== undefined && { date_from: toIso(token.from), date_to: toIso(token.to) }),
  };
}
