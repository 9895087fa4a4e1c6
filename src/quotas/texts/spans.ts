import { dayText } from '../../chat/labels';
import { type Day, quarterOf, yearOf } from '../../foundation/day';
import type { Span } from '../asked-span';

/** '2026年', '2026年第三季度', '2026年上半年', '2026年9月'. */
export function namedPeriod(period: string): string {
  const [year, part = ''] = period.split('-');
  if (part === '') return `${year}年`;
  if (part.startsWith('Q')) return `${year}年第${['一', '二', '三', '四'][Number(part[1]) - 1]}季度`;
  if (part.startsWith('H')) return `${year}年${part === 'H1' ? '上' : '下'}半年`;
  return `${year}年${Number(part)}月`;
}

/** '今年', '本季度', '本月', '2025年第四季度', '2024年1月1日到今天'. */
export function spanText({ label, from, to }: Span, today: Day): string {
  if (label === null) return daysText(from, to, today);
  if (label === yearOf(today)) return '今年';
  if (label === quarterOf(today)) return '本季度';
  return label === today.slice(0, 7) ? '本月' : namedPeriod(label);
}

function daysText(from: Day, to: Day, today: Day): string {
  const year = yearOf(today);
  if (from === to) return dayText(from, year);
  return `${dayText(from, year)}到${to === today ? '今天' : dayText(to, yearOf(from) === yearOf(to) ? yearOf(to) : year)}`;
}

export type Every = 'quarter' | 'half_year' | 'year';
const everyWords: Readonly<Record<Every, string>> = { quarter: '按季度', half_year: '按半年', year: '按全年' };

/** '按季度和按全年' */
export const everyText = (every: readonly Every[]): string => [...new Set(every)].map((each) => everyWords[each]).join('、');
