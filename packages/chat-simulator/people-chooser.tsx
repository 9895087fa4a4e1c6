import type { VNode } from 'preact';
import { Avatar } from './avatar';
import type { Person } from './options';
import { pageTexts } from './page-texts';
import { addressOf, type PageView } from './page-view';

/** Who one speaks as: a few likely people first, then everybody, narrowed by typing. */
export function PeopleChooser(props: { view: PageView }): VNode {
  const { view } = props;
  return (
    <dialog id="chooser" class="chooser" aria-labelledby="chooser-title">
      <div class="chooser-head">
        <h2 id="chooser-title">{pageTexts.chooserTitle}</h2>
        <form method="dialog">
          <button type="submit" class="quiet">
            {pageTexts.close}
          </button>
        </form>
      </div>
      <p class="hint">{pageTexts.chooserHint}</p>
      <input id="search" type="search" autocomplete="off" placeholder={pageTexts.search} aria-label={pageTexts.search} />
      <div class="chooser-lists">
        <section id="featured">
          <h3>{pageTexts.featured}</h3>
          <PersonList people={view.featured} view={view} />
        </section>
        <section>
          <h3>{pageTexts.everybody(view.everybody.length)}</h3>
          <p id="nobody" class="hint" hidden>
            {pageTexts.nobody}
          </p>
          <div id="everybody">
            <PersonList people={view.everybody} view={view} />
          </div>
        </section>
      </div>
    </dialog>
  );
}

function PersonList(props: { people: Person[]; view: PageView }): VNode {
  const { people, view } = props;
  return (
    <ul class="people">
      {people.map((person) => (
        <li data-words={`${person.name} ${person.note ?? ''}`}>
          <a
            class="row"
            href={addressOf(view.platform, person.userId, view.chat)}
            {...(person.userId === view.me.userId ? { 'aria-current': 'true' as const } : {})}
          >
            <Avatar name={person.name} />
            <span class="row-words">
              <span class="row-name">{person.name}</span>
              <span class="row-hint">{person.note}</span>
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}
