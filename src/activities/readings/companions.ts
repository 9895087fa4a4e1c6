import type { Asked } from '../../reader/asked';
import { means, saysIn } from '../../reader/means';
import type { Quantity } from '../../reader/quantities';

const kin = '(?:爱人|老伴|妻子|丈夫|老公|老婆|太太|先生|孩子|儿子|女儿|家属|家人|父亲|母亲|爸爸?|妈妈?|同事|朋友|徒弟|助手|学生|司机)';
/** 我和我爱人, 我跟老伴、孩子: one each. */
const withKin = new RegExp(`我[和跟与同、]((?:我?的?(?:一?[个位名])?${kin}[、和跟与及]?)+)`);

/** Unnamed companions: 带两个护士, 带一位同事, 带家属, 我们3个人, +2. */
export function extraOf(asked: Asked, names: readonly string[]): number {
  const brought = asked.document.quantities.find((q) => {
    if (q.start < asked.section.start || q.end > asked.section.end || q.role === 'member') return false;
    if (saysIn(asked.document.text.slice(Math.max(0, q.start - 3), q.start), asked.document, 'brings_me')) return false;
    return saysIn(asked.document.text.slice(Math.max(0, q.start - 6), q.start), asked.document, 'brings');
  });
  if (brought) return brought.value + alsoBrought(asked, brought);
  const plus = /(?:^|[^\d])\+(\d{1,2})(?!\d)/.exec(asked.body);
  if (plus) return Math.max(0, Number(plus[1]) - 1) + (means(asked, 'company') ? 1 : 0);
  const all = asked.document.quantities.find(
    (q) => q.kind === 'person' && saysIn(asked.document.text.slice(Math.max(0, q.start - 8), q.start), asked.document, 'we_so_many'),
  );
  const alone = asked.command === '' ? undefined : asked.document.quantities.find((q) => q.kind === 'person' && isSlot(asked, q));
  if (alone && alone.role === null) return Math.max(0, alone.value - 1 - names.length);
  if (all && all.role !== 'member') return Math.max(0, all.value - 1 - names.length);
  if (means(asked, 'the_two_of_us') && names.length === 0) return 1;
  const family = withKin.exec(asked.body)?.[1];
  if (family) return family.match(new RegExp(kin, 'g'))?.length ?? 1;
  return means(asked, 'company') ? 1 : 0;
}

/** 再带两个, 多带一位: beside those already brought. */
export const bringsMore = (asked: Asked): boolean => means(asked, 'adds_more');

/** 不带人了, 就我一个人: nobody else any more. */
export const comesAlone = (asked: Asked): boolean => means(asked, 'alone');

/** /报名 重阳慰问 3人: a token of its own. */
const isSlot = ({ document: { text }, section }: Asked, { start, end }: Quantity): boolean =>
  start >= section.start && text[start - 1] === ' ' && (end === section.end || text[end] === ' ');

/** 带俩护士和一个司机: those named after the first. */
function alsoBrought({ document }: Asked, first: Quantity): number {
  let sum = 0;
  let end = first.end;
  for (const q of document.quantities.filter((other) => other.start >= first.end && other.role !== 'member')) {
    if (!saysIn(document.text.slice(end, q.start), document, 'name_and')) break;
    sum += q.value;
    end = q.end;
  }
  return sum;
}
