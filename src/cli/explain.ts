import { modeLabels, resultLabels, serviceLabels, topicLabels } from '../chat/labels';
import type { Reading } from '../reader';

const labels: Record<string, string> = {
  intent: '意图',
  mode: '联系方式',
  date: '日期',
  date_precision: '日期依据',
  date_end: '到',
  date_from: '从',
  date_to: '至',
  time: '时间',
  part_of_day: '时段',
  place: '地点',
  organisation: '单位',
  people: '群众人次',
  people_approx: '约数',
  topics: '议题',
  services: '工作内容',
  results: '结果',
  missing: '还需要问',
  units: '其他数量',
  demands: '诉求',
  contacts: '联系对象',
  companions: '同行委员',
  member_count: '委员人数',
  persons_distinct: '人数',
  constituent_type: '群众类别',
  pii: '须遮盖',
  on_behalf_of: '代谁记录',
  confirm: '须确认',
  duplicate_of: '可能重复',
  reject: '不予保存',
  activity: '活动',
  activity_date: '活动日期',
  self: '本人',
  names: '其他委员',
  extra: '随行人数',
  status: '状态',
  reason: '原因',
  period: '时段',
  scope: '范围',
  subject: '对象',
  metric: '指标',
  target: '哪一条',
  changes: '改动',
};

type Spans = Readonly<Record<string, readonly [number, number]>>;

/** The reading as a table for a person: field, value, and the words it was read from. */
export function explain(text: string, today: string, reading: Reading): string {
  const { spans = {}, records = [], ...fields } = reading as { spans?: Spans; records?: Record<string, unknown>[] };
  const rows = [
    ...rowsOf(fields, text, { spans, prefix: '' }),
    ...records.flatMap((record, i) => [`第${i + 1}条`, ...rowsOf(record, text, { spans, prefix: `records.${i}.` })]),
  ];
  return `${text}\n(${today} 发出)\n${rows.join('\n')}\n`;
}

interface Read {
  spans: Spans;
  /** Before the field in the name of its span: 'records.0.'. */
  prefix: string;
}

/** A line for each field, and one for what it was about in the member's own words. */
function rowsOf(fields: Record<string, unknown>, text: string, { spans, prefix }: Read): string[] {
  const said = (name: string): string => {
    const span = spans[prefix + name];
    return span ? `「${text.slice(span[0], span[1])}」` : '';
  };
  const own = Object.keys(spans)
    .filter((name) => name.startsWith(`${prefix}content.`))
    .map((name) => said(name.slice(prefix.length)));
  const rows = Object.entries(fields).map(([field, value]) => {
    const from = value === null ? '' : said(field === 'place' || field === 'organisation' ? 'where' : field);
    return `${pad(labels[field] ?? field, 14)}${pad(shown(value), 36)}${from}`.trimEnd();
  });
  return own.length > 0 ? [...rows, `${pad('内容原话', 14)}${pad('', 36)}${own.join('')}`] : rows;
}

const meanings: Readonly<Record<string, string>> = { ...topicLabels, ...resultLabels, ...serviceLabels, ...modeLabels };

function shown(value: unknown): string {
  if (value === null) return '—';
  if (Array.isArray(value)) return value.length === 0 ? '—' : value.map(shown).join('、');
  if (typeof value === 'object') return JSON.stringify(value);
  if (typeof value === 'string') return meanings[value] ? `${meanings[value]} ${value}` : value;
  return typeof value === 'boolean' ? (value ? '是' : '否') : `${value as number}`;
}

/** Pads to a column; a Chinese character is two columns wide. */
function pad(text: string, columns: number): string {
  const width = Array.from(text).reduce((sum, c) => sum + (c.charCodeAt(0) > 0x2e7f ? 2 : 1), 0);
  return text + ' '.repeat(Math.max(1, columns - width));
}
