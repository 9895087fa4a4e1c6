import type { Signs } from '../signs';
import type { Rule } from './rule';

/** In characters. More than these names of sectors is a story that begins with the word. */
export const longestNames = 200;

/** The line begins with the word, alone or set off: 绑定 教育界别, not 绑定手机的事怎么办. */
const begins =
  (word: RegExp) =>
  ({ body }: Signs): boolean => {
    const said = word.exec(body)?.[0];
    return said !== undefined && body.length - said.length <= longestNames;
  };

/** A work group and the sectors it belongs to. */
export const groups: readonly Rule[] = [
  ['bind_group', begins(/^绑定(?:[\s:]+|$)/)],
  [
    'group_info',
    ({ body }) => /^(?:看一?下|查一?下|查看)?(?:本群|这个群|群)(?:的)?(?:信息|编号|ID|id)(?:是(?:什么|多少))?[?？]?$/.test(body),
  ],
  ['unbind_group', begins(/^(?:解绑|解除绑定)(?:[\s:]+|$)/)],
];
