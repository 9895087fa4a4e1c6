import { dayText } from '../../chat/labels';

interface Asked {
  /** Null for one's own. */
  who: string | null;
  days: { from: string; to: string } | null;
  /** The year in which it is read. */
  year: string;
}

function when({ days, year }: Asked): string {
  if (!days) return '';
  return days.from === days.to ? dayText(days.from, year) : `${dayText(days.from, year)}到${dayText(days.to, year)}`;
}

/** Sentences about records asked for. */
export const listTexts = {
  list: (asked: Asked, lines: readonly string[], count: number): string => {
    const { who, days } = asked;
    if (count === 0) return days || who ? `${who ?? '您'}${when(asked)}还没有记录。` : '这段时间还没有您的记录。';
    if (!days && !who && count <= lines.length) return ['您最近的记录：', ...lines].join('\n');
    const more = count > lines.length ? `，最近记的${lines.length}条` : '';
    return [`${who ?? '您'}${when(asked)}的记录共${count}条${more}：`, ...lines].join('\n');
  },
  of: (name: string, line: string): string => `${name} ${line}`,
  member: (name: string): string => `${name}委员`,
  everybody: '全体委员',
  denied: '每位委员的记录只有本人、召集人和机关工作人员能看。发“/我的记录”可以看您自己的。',
  noSuchMember: (name: string): string => `名册里没有找到“${name.slice(0, 20)}”委员，请核对姓名后再问一次。`,
  severalNamed: (name: string): string => `名册里有几位“${name}”，我分不清是哪一位。`,
  notYourSector: (name: string): string => `${name}委员不在您的界别，他的记录由他的召集人和机关来看。`,
  whichSector: '您问的是哪个界别？请带上名称再问一次，例如“教育界三季度的记录”。',
} as const;
