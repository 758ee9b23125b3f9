// What pages can do with script; without it they are whole too.
'use strict';

const each = (selector, then) => document.querySelectorAll(selector).forEach(then);

// Moments in the reader's own zone.
function zone(root) {
  root.querySelectorAll('time[datetime]').forEach((time) => {
    time.title = new Date(time.dateTime).toLocaleString(document.documentElement.lang, {
      dateStyle: 'medium', timeStyle: 'long',
    });
  });
}

zone(document);
