import type { VNode } from 'preact';
import type { ShownCard } from './card';
import { pageTexts } from './page-texts';

/** A card with its buttons, as the person sees it now. */
export function CardBlock(props: { card: ShownCard; messageId: string }): VNode {
  const { card, messageId } = props;
  return (
    <section class="card" aria-label={pageTexts.card(card.title)}>
      <p class="card-title">{card.title}</p>
      {card.text !== undefined && <p class="card-words">{card.text}</p>}
      {card.buttons.length > 0 && (
        <div class="card-buttons">
          {card.buttons.map((button) => (
            <button
              type="button"
              class={button.style === 1 ? 'card-button card-main' : 'card-button'}
              data-press={button.label}
              data-message={messageId}
            >
              {button.label}
            </button>
          ))}
        </div>
      )}
    </section>
  );
}
