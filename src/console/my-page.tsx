import type { VNode } from 'preact';
import { consoleTexts } from './texts';

const texts = consoleTexts.me;

/** The member's own page: the features' parts one under the other, and the way out. */
export function MyPage({ parts }: { parts: readonly VNode[] }): VNode {
  return (
    <>
      {parts}
      <form method="post" action="/sign-out">
        <button class="button quiet" type="submit">
          {texts.signOut}
        </button>
      </form>
      <p class="say">{texts.onlyYou}</p>
    </>
  );
}
