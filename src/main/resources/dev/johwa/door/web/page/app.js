// What pages can do with script; without it they are whole too.
'use strict';

// Moments in the reader's own zone.
function zone(root) {
  for (const time of root.querySelectorAll('time[datetime]')) {
    time.title = new Date(time.dateTime).toLocaleString(document.documentElement.lang, {
      dateStyle: 'medium', timeStyle: 'long',
    });
  }
}

function element(html) {
  const template = document.createElement('template');
  template.innerHTML = html;
  return template.content;
}

// Makes `old` like `next` and touches only what differs: focus, selection and open details stay.
function morph(old, next) {
  // A command stands in a frame with its button; the server sends it without.
  if (old.classList?.contains('copied') && next.classList?.contains('command')) {
    morph(old.firstElementChild, next);
    return;
  }
  if (old.nodeType !== next.nodeType || old.nodeName !== next.nodeName) {
    old.replaceWith(next);
    return;
  }
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.nodeValue !== next.nodeValue) old.nodeValue = next.nodeValue;
    return;
  }
  for (const { name } of [...old.attributes]) {
    if (!next.hasAttribute(name) && name !== 'open') old.removeAttribute(name);
  }
  for (const { name, value } of next.attributes) {
    if (old.getAttribute(name) !== value && name !== 'title') old.setAttribute(name, value);
  }
  const after = [...next.childNodes];
  const before = [...old.childNodes];
  after.forEach((child, i) => (before[i] ? morph(before[i], child) : old.append(child)));
  before.slice(after.length).forEach((child) => child.remove());
}

// A log follows its end while the reader is there.
let fresh = 0;
const atEnd = () => innerHeight + scrollY >= document.documentElement.scrollHeight - 80;

const toEnd = () => scrollTo({ top: document.documentElement.scrollHeight });

const count = (lines) => lines.querySelectorAll('.l').length;

function say(html) {
  const lines = document.getElementById('lines');
  if (!lines) return;
  const follow = atEnd();
  const before = count(lines);
  for (const next of [...element(html).children]) {
    // A step that printed before goes on under its own name.
    const fold = next.id.startsWith('fold-') && document.getElementById(next.id);
    if (fold) fold.append(...next.querySelectorAll('.l'));
    else lines.append(next);
  }
  fresh = follow ? 0 : fresh + count(lines) - before;
  document.querySelector('#log > .empty, main > .empty')?.remove();
  // The browser stays quick: what is far above can be read again from the server.
  [...lines.querySelectorAll('.l')].slice(0, -5000).forEach((line) => line.remove());
  if (follow) toEnd();
  tell(lines);
}

// Who reads above is told of what came below.
function tell(lines) {
  let button = document.querySelector('.fresh');
  if (!fresh) return button?.remove();
  if (!button) {
    button = document.createElement('button');
    button.type = 'button';
    button.className = 'fresh';
    button.addEventListener('click', toEnd);
    addEventListener('scroll', () => {
      if (!atEnd()) return;
      fresh = 0;
      document.querySelector('.fresh')?.remove();
    }, { passive: true });
    document.body.append(button);
  }
  button.textContent = `↓ ${fresh} ${fresh === 1 ? lines.dataset.freshOne : lines.dataset.fresh}`;
}

// A page that is looked at hears what changes; one that is not gives its connection back.
function live(address) {
  let source;
  let last;
  const open = () => {
    if (source || document.hidden) return;
    source = new EventSource(last ? address.replace(/([?&]after=)[^&]*/, `$1${encodeURIComponent(last)}`) : address);
    source.addEventListener('part', (event) => {
      const part = JSON.parse(event.data);
      const old = document.getElementById(part.id);
      const next = element(part.html).firstElementChild;
      if (!old || !next) return;
      morph(old, next);
      zone(document);
      hours(document);
    });
    source.addEventListener('lines', (event) => {
      last = event.lastEventId;
      say(JSON.parse(event.data).html);
    });
    source.addEventListener('end', () => {
      source.close();
      document.removeEventListener('visibilitychange', turn);
      document.getElementById('tail')?.remove();
    });
  };
  const turn = () => {
    if (!document.hidden) return open();
    source?.close();
    source = undefined;
  };
  document.addEventListener('visibilitychange', turn);
  open();
}

// Browsers give a clipboard to pages that come by TLS; others select what is copied.
async function clip(text, button) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = document.createElement('textarea');
  area.className = 'hidden';
  area.value = text;
  button.before(area);
  area.select();
  document.execCommand('copy');
  area.remove();
  button.focus();
}

// Commands are copied by a click.
function copy(block) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'copy';
  button.textContent = document.body.dataset.copy;
  button.addEventListener('click', async () => {
    await clip(block.textContent.trim(), button);
    done(button);
  });
  const frame = document.createElement('div');
  frame.className = 'copied';
  block.replaceWith(frame);
  frame.append(block, button);
}

// And what a page shows of a log.
function copies(button) {
  button.hidden = false;
  button.addEventListener('click', async () => {
    const all = [...document.querySelectorAll(button.dataset.copies)];
    await clip(all.map((each) => each.textContent).join('\n'), button);
    done(button);
  });
}

function done(button) {
  button.textContent = document.body.dataset.copied;
  setTimeout(() => { button.textContent = document.body.dataset.copy; }, 1500);
}

// A line that is linked to is seen, whatever fold it is in.
function unfold() {
  const line = /^#L\d+$/.test(location.hash) && document.querySelector(location.hash);
  const fold = line && line.closest('details:not([open])');
  if (!fold) return;
  fold.open = true;
  line.scrollIntoView();
}

// Lists are narrowed as one types.
function filter(input) {
  input.hidden = false;
  input.addEventListener('input', () => {
    const wanted = input.value.trim().toLowerCase();
    for (const item of document.querySelectorAll(input.dataset.filter)) {
      item.hidden = !item.textContent.toLowerCase().includes(wanted);
    }
  });
}

// One key, or g and one key; never what a browser or a screen reader uses, and never while one types.
let first = '';
document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, textarea, select, [contenteditable]')) return;
  const project = document.body.dataset.project;
  const go = { h: '/', p: project && `/${project}`, r: project && `/${project}/runs`, e: project && `/${project}/releases`, l: project && `/${project}/logs`, m: project && `/${project}/metrics`, i: project && `/${project}/issues` };
  if (first === 'g' && go[event.key]) location.href = go[event.key];
  if (event.key === '/') {
    const search = [...document.querySelectorAll('main input[type=search]')].find((each) => each.offsetParent);
    if (search) { event.preventDefault(); search.focus(); }
  }
  const others = document.getElementById('switch');
  if (event.key === 's' && others) {
    event.preventDefault();
    others.open = true;
    others.querySelector('input:not([hidden]), li a')?.focus();
  }
  if (event.key === 'Escape' && others?.open) shut(others);
  if (event.key === '?') document.getElementById('keys').toggleAttribute('hidden');
  if (event.key === 'j' || event.key === 'k') step(event.key === 'j' ? 1 : -1);
  first = event.key;
});

function shut(menu) {
  menu.open = false;
  menu.querySelector('summary').focus();
}

// What floats goes when one looks elsewhere.
document.addEventListener('click', (event) => {
  const others = document.getElementById('switch');
  if (others?.open && !others.contains(event.target)) others.open = false;
});

function step(by) {
  const within = document.getElementById('switch')?.open ? '#switch li' : '.rows > li';
  const links = [...document.querySelectorAll(`${within}:not([hidden]) a:first-of-type`)];
  const now = links.indexOf(document.activeElement);
  links[Math.max(0, Math.min(links.length - 1, now < 0 ? 0 : now + by))]?.focus();
}

// A graph tells the values of the step that one points at, and its hours in the reader's own zone.
function point(plot, clientX) {
  const figure = plot.closest('.graph');
  const cross = plot.querySelector('.cross');
  const keys = [...figure.querySelectorAll('[data-values]')];
  if (!cross || !keys.length) return;
  const values = keys.map((key) => key.dataset.values.split('|'));
  const { left, width } = plot.getBoundingClientRect();
  const count = values[0].length;
  const index = Math.max(0, Math.min(count - 1, Math.floor(((clientX - left) / width) * count)));
  const x = `${((index + 0.5) / count) * 100}%`;
  cross.setAttribute('x1', x);
  cross.setAttribute('x2', x);
  cross.setAttribute('visibility', 'visible');
  keys.forEach((key, i) => {
    const value = key.querySelector('.value');
    value.dataset.usual ??= value.textContent;
    value.textContent = values[i][index] ? values[i][index] + figure.dataset.unit : '–';
  });
  let at = figure.querySelector('.graph-keys .at');
  if (!at) {
    at = document.createElement('li');
    at.className = 'at';
    figure.querySelector('.graph-keys').append(at);
  }
  at.textContent = moment(figure, index);
}

function leave(plot) {
  const figure = plot.closest('.graph');
  plot.querySelector('.cross')?.setAttribute('visibility', 'hidden');
  figure.querySelector('.graph-keys .at')?.remove();
  for (const value of figure.querySelectorAll('[data-usual]')) {
    value.textContent = value.dataset.usual;
    delete value.dataset.usual;
  }
}

// Graphs come and go with live parts, so the document listens for all of them.
let pointed;
document.addEventListener('pointermove', (event) => {
  const plot = event.target.closest?.('.plot');
  if (pointed && pointed !== plot) leave(pointed);
  pointed = plot;
  if (plot) point(plot, event.clientX);
}, { passive: true });

function moment({ dataset: { from, step } }, index) {
  if (!from) return `+${Math.round((index * step) / 60000)} min`;
  return new Date(Date.parse(from) + index * step).toLocaleString(document.documentElement.lang, {
    dateStyle: 'short', timeStyle: 'short',
  });
}

function hours(root) {
  for (const text of root.querySelectorAll('text[data-at]')) {
    text.textContent = new Date(text.dataset.at).toLocaleTimeString(document.documentElement.lang, {
      hour: '2-digit', minute: '2-digit', hour12: false,
    });
  }
}

zone(document);
hours(document);
document.querySelectorAll('[data-copy].command').forEach(copy);
document.querySelectorAll('[data-copies]').forEach(copies);
// On a phone the open section may stand outside.
document.querySelector('.sections [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
addEventListener('hashchange', unfold);
unfold();
document.querySelectorAll('[data-filter]').forEach(filter);
const address = document.querySelector('main')?.dataset.live;
if (address) live(address);
// What an app prints is read from its end.
if (address && document.querySelector('main > .log') && !location.hash) toEnd();
