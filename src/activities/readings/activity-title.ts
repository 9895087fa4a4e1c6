import { type Asked, bodyWithout, without } from '../../reader/asked';
import type { Section } from '../../reader/document';
import { means, readOut, saysIn } from '../../reader/means';

interface Title {
  name: string;
  /** Said to be the name, quoted, or the only words left; otherwise it was chosen among several. */
  sure: boolean;
}

const closed = /["《]([^》"]{2,30})[》"]([\u4e00-\u9fff]{0,8}(?:会|活动|班|课|讲座|论坛|沙龙|座谈|调研|视察|宣讲|培训|义诊|行|展))?/;
/** The blank is who it is for: 召开教育界委员座谈会. */
const given = /(?:召开|举办|举行|开展|组织|发起)(?:一[次场个])?(\s*[^\s,。;]{2,30})/;

/** The name with the sector in it, but with no day or number. */
function namedIn({ body }: Asked, call: RegExpExecArray): string {
  const said = call[1] ?? '';
  const end = call.index + call[0].length;
  const whole = body.slice(end - said.length, end);
  return /[\d\s]/.test(whole) ? said.trim() : whole;
}

/** What the activity is called. `taken`: what stands for something else, dates among it, so that no date becomes a name. */
export function titleOf(asked: Asked, taken: readonly Section[]): Title | null {
  const quoted = closed.exec(asked.body);
  if (quoted) return { name: `${quoted[1] ?? ''}${quoted[2] ?? ''}`, sure: true };
  const said = readOut(asked.body, asked.document, 'title_labelled');
  if (said) return { name: said, sure: true };
  const left = bodyWithout(asked, taken);
  const call = given.exec(left);
  const name = call && namedIn(asked, call).replace(/^(?:的|了)|的?(?:通知)?$/g, '');
  if (name && name.length > 1 && means(asked, 'announced_so')) return { name, sure: false };
  const pieces = without(left, asked.document.lexicon.acts.no_title).split(/[\s,。;:、()]/);
  const names = pieces
    .map((piece) => piece.replace(/^(?:在|于|搞个?|办个?|去|到|我们|请|想|要|拟|定于|前|止|的)+|[的在去到与和]+$/g, ''))
    .filter((piece) => /[\u4e00-\u9fff]{2,}/.test(piece));
  const proper = names.filter((name) => !saysIn(name, asked.document, 'unnamed_activity'));
  const kinds = proper.filter((name) => saysIn(name, asked.document, 'activity_kind'));
  const [longest] = (kinds.length > 0 ? kinds : proper).toSorted((a, b) => b.length - a.length);
  return longest === undefined ? null : { name: longest, sure: names.length === 1 };
}
