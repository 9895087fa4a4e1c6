// The chat page's only script. The server renders everything; this sends what is typed and, when told that something
// changed, fetches the same page again and puts its live regions in place.
'use strict';

const by = (id) => document.getElementById(id);
const log = by('log');
const text = by('text');
const composer = by('composer');
const chooser = by('chooser');
const announcement = by('announce');
const phone = matchMedia('(max-width: 820px)');

// ---- what is new -----------------------------------------------------------------------------------------------

const nearEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < 120;
const toEnd = () => {
  log.scrollTop = log.scrollHeight;
};

/** Adds and changes only what differs, so that a screen reader hears each message once. */
function updateLog(fresh) {
  const followed = nearEnd();
  const wanted = [...fresh.children];
  const ids = new Set(wanted.map((item) => item.dataset.id));
  for (const item of [...log.children]) if (!ids.has(item.dataset.id)) item.remove();
  wanted.forEach((item, at) => {
    const old = log.children[at];
    if (!old) log.append(item);
    else if (old.outerHTML !== item.outerHTML) old.replaceWith(item);
  });
  if (followed) toEnd();
}

function updateRegion(id, page) {
  const [old, fresh] = [by(id), page.getElementById(id)];
  if (!old || !fresh || old.innerHTML === fresh.innerHTML) return;
  // Whoever walks the list by keyboard stays where they are.
  const focused = old.contains(document.activeElement) ? document.activeElement.getAttribute('href') : null;
  old.innerHTML = fresh.innerHTML;
  if (focused) [...old.querySelectorAll('a')].find((link) => link.getAttribute('href') === focused)?.focus();
}

let refreshing = false;
let again = false;

/** One fetch at a time; changes meanwhile cause exactly one more. */
async function refresh() {
  if (refreshing) {
    again = true;
    return;
  }
  refreshing = true;
  try {
    do {
      again = false;
      const address = new URL('/', location.href);
      address.searchParams.set('on', document.body.dataset.on);
      address.searchParams.set('as', document.body.dataset.as);
      address.searchParams.set('chat', document.body.dataset.chat);
      const response = await fetch(address);
      const page = new DOMParser().parseFromString(await response.text(), 'text/html');
      updateLog(page.getElementById('log'));
      for (const id of ['chats', 'clock', 'waiting']) updateRegion(id, page);
    } while (again);
  } catch {
    // The simulator is away; EventSource keeps trying and a reconnection refreshes.
    tell(document.body.dataset.offline);
  } finally {
    refreshing = false;
  }
}

let events = null;

// Only while somebody looks: a hidden page must not mark messages as read, and browsers allow a host six connections only.
function listen() {
  events?.close();
  events = null;
  if (document.hidden) return;
  events = new EventSource('/events');
  events.onmessage = refresh;
  events.onopen = refresh;
  events.onerror = () => tell(document.body.dataset.offline);
}
listen();
document.addEventListener('visibilitychange', listen);
setInterval(() => document.hidden || refresh(), 30000);

let telling;
function tell(words) {
  announcement.textContent = words;
  announcement.classList.add('shown');
  clearTimeout(telling);
  telling = setTimeout(() => announcement.classList.remove('shown'), 4000);
}

// ---- typing ----------------------------------------------------------------------------------------------------

/** The field grows with its words, up to about six lines; the conversation stays at its end. */
function fit() {
  const followed = nearEnd();
  text.style.height = 'auto';
  text.style.height = `${Math.min(180, text.scrollHeight + 2)}px`;
  if (followed) toEnd();
}

const draft = `draft ${document.body.dataset.chat}`;
text.value = sessionStorage.getItem(draft) ?? '';
text.addEventListener('input', () => {
  sessionStorage.setItem(draft, text.value);
  fit();
});
text.addEventListener('keydown', (event) => {
  // Enter also ends an input method's word; only a plain Enter sends.
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  composer.requestSubmit();
});
composer.addEventListener('submit', async (event) => {
  event.preventDefault();
  if (text.value.trim() === '') return;
  const response = await fetch('/say', { method: 'POST', body: new URLSearchParams(new FormData(composer)) }).catch(() => null);
  if (!response || !response.ok) {
    tell(response ? await response.text() : document.body.dataset.offline);
    return;
  }
  text.value = '';
  sessionStorage.removeItem(draft);
  quote('');
  fit();
  await refresh();
  toEnd();
});
function quote(words) {
  by('quote').value = words;
  by('quoted-words').textContent = words.replace(/[*`]/g, '');
  const followed = nearEnd();
  by('quoting').hidden = words === '';
  if (followed) toEnd();
  text.focus();
}
log.addEventListener('click', (event) => {
  const button = event.target.closest('[data-quote]');
  if (button) quote(button.dataset.quote);
});
log.addEventListener('click', async (event) => {
  const button = event.target.closest('[data-press]');
  if (!button || button.disabled) return;
  button.disabled = true;
  const { on, as, chat } = document.body.dataset;
  const form = new URLSearchParams({ on, as, chat, label: button.dataset.press, message: button.dataset.message });
  const response = await fetch('/press', { method: 'POST', body: form }).catch(() => null);
  button.disabled = false;
  if (!response || !response.ok) tell(response ? await response.text() : document.body.dataset.offline);
  await refresh();
});
document.querySelector('[data-cancel-quote]').addEventListener('click', () => quote(''));

for (const example of document.querySelectorAll('[data-example]'))
  example.addEventListener('click', () => {
    text.value = example.dataset.example;
    fit();
    text.focus();
  });

// ---- choosing a person -----------------------------------------------------------------------------------------

for (const button of document.querySelectorAll('[data-open-chooser]'))
  button.addEventListener('click', () => {
    chooser.showModal();
    by('search').focus();
  });
by('search').addEventListener('input', (event) => {
  const words = event.target.value.trim().split(/\s+/).filter(Boolean);
  let found = 0;
  for (const person of by('everybody').querySelectorAll('li')) {
    person.hidden = !words.every((word) => person.dataset.words.includes(word));
    if (!person.hidden) found += 1;
  }
  by('featured').hidden = words.length > 0;
  by('nobody').hidden = found > 0;
});
by('search').addEventListener('keydown', (event) => {
  if (event.key !== 'Enter') return;
  event.preventDefault();
  chooser.querySelector('#everybody li:not([hidden]) a')?.click();
});
chooser.addEventListener('click', (event) => {
  if (event.target === chooser) chooser.close();
});

// ---- the list of chats on a phone, the demo's clock --------------------------------------------------------------

const opener = document.querySelector('[data-open-side]');
function showSide(shown) {
  document.body.classList.toggle('side-open', shown);
  opener.setAttribute('aria-expanded', String(shown));
  (shown ? document.querySelector('[data-close-side]') : opener).focus();
}
opener.addEventListener('click', () => showSide(true));
document.querySelector('[data-close-side]').addEventListener('click', () => showSide(false));
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && document.body.classList.contains('side-open')) showSide(false);
});

for (const button of document.querySelectorAll('[data-move]'))
  button.addEventListener('click', async () => {
    const response = await fetch('/control/clock', { method: 'POST', body: new URLSearchParams({ to: button.dataset.move }) });
    tell(await response.text());
    await refresh();
  });

fit();
toEnd();
if (!phone.matches) text.focus();
