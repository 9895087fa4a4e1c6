import type { VNode } from 'preact';
import { pageTexts } from './page-texts';

const colours = 6;

/** A square with the given name's last character, in a colour that stays with the name. */
export function Avatar(props: { name: string; from?: string }): VNode {
  const { name, from } = props;
  const robot = from === 'bot' || from === 'app';
  const word = from === 'bot' ? pageTexts.botWord : from === 'app' ? pageTexts.appWord : (Array.from(name).at(-1) ?? '');
  const colour = Array.from(name).reduce((sum, character) => sum + (character.codePointAt(0) ?? 0), 0) % colours;
  return (
    <span class={`avatar ${robot ? `avatar-${from}` : `avatar-${colour}`}`} aria-hidden="true">
      {word}
    </span>
  );
}
