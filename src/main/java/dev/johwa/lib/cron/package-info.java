/// When something is due again and again, as crontab(5) says it.
///
/// Face: [Cron]. Knows no clock: who asks says after which moment, and in which time zone.
@NullMarked
package dev.johwa.lib.cron;

import org.jspecify.annotations.NullMarked;
