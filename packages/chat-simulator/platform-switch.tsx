import type { VNode } from 'preact';
import { pageTexts } from './page-texts';
import type { PageView } from './page-view';

/** Which platform one looks at; absent where only one is played. */
export function PlatformSwitch(props: { view: PageView }): VNode | null {
  const { platforms } = props.view;
  if (platforms.length < 2) return null;
  return (
    <nav class="platforms" aria-label={pageTexts.platforms}>
      {platforms.map(({ platform, href, current }) => (
        <a href={href} data-platform={platform} {...(current ? { 'aria-current': 'page' as const } : {})}>
          <span class="platform-mark" aria-hidden="true" />
          {pageTexts.platform[platform]}
        </a>
      ))}
    </nav>
  );
}
