import type { Asked } from '../../reader/asked';
import { resultsOf, servicesOf, topicsOf } from '../../reader/content';
import type { Section } from '../../reader/document';
import { means } from '../../reader/means';

/** What a correction says of the matter; all of it follows from new words about it. */
export interface ContentChanges {
  /** The new words. */
  content?: string;
  topics?: string[];
  services?: string[];
  results?: string[];
}

const label = '(?:改成|改为|换成|写成|应该是|应为|是|为|[:：])?';
const contentLabel = new RegExp(`内容 ?${label} ?`);
const resultLabel = new RegExp(`(?:结果|办理情况) ?${label} ?`);

/** 内容 …, 结果 无. */
export function contentChanges(asked: Asked): ContentChanges {
  const { body, document, section } = asked;
  const said = contentLabel.exec(body);
  if (said) {
    const start = section.start + said.index + said[0].length;
    const words = { start, end: section.end };
    const content = document.text
      .slice(words.start, words.end)
      .replace(/[,。;! ]+$/, '')
      .trim();
    return content.length >= 2 ? { content, ...derived(asked, words) } : {};
  }
  return means({ body, document }, 'no_result') && !resultsSaid(asked) ? { results: [] } : {};
}

/** Topics, services and results of the matter as it is told now. */
function derived({ document }: Asked, words: Section): ContentChanges {
  return { topics: topicsOf(document, words), services: servicesOf(document, words, null, false), results: resultsOf(document, words) };
}

const resultsSaid = ({ document, section, body }: Asked): boolean =>
  resultLabel.test(body) && resultsOf(document, section).length > 0 && !means({ body, document }, 'result_none');
