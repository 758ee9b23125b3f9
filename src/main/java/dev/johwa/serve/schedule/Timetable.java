package dev.johwa.serve.schedule;

import dev.johwa.lib.cron.Cron;
import dev.johwa.lib.cron.Zones;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.release.Release;
import dev.johwa.serve.release.Releases;
import dev.johwa.serve.schedule.JobStore.Handled;
import dev.johwa.source.config.Settings;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which jobs what is live has, and when each is due. Safe for use by many threads.
final class Timetable {
    /// A clock that went back further was set right: its time is believed.
    private static final Duration SET_RIGHT = Duration.ofHours(3);
    private static final int MOST_COUNTED = 10_000;
    /// More than so many are read in one question: all of them, at a start.
    private static final int ONE_BY_ONE = 8;

    private final Releases releases;
    private final JobStore store;
    private final Map<AppEnvironment, Known> live = new HashMap<>();
    private final Map<JobName, Times> times = new HashMap<>();

    Timetable(Releases releases, JobStore store) {
        this.releases = releases;
        this.store = store;
    }

    /// A job, and the number of the release that has it.
    record Entry(JobName name, int release, Settings.Job job) {
        private String line() {
            return job.cron() + " " + job.zone();
        }

        private Optional<Instant> next(Instant after) {
            return Cron.parse(job.cron()).next(after, zone());
        }

        private ZoneId zone() {
            return Zones.parse(job.zone());
        }
    }

    /// A job whose time has come, perhaps several times.
    ///
    /// @param at the last of its times
    /// @param times how many there were
    record Due(Entry entry, Instant at, int times) {
        Handled handled() {
            return new Handled(entry.line(), at);
        }
    }

    private record Known(int release, List<Entry> jobs) {}

    private record Times(Handled handled, Optional<Instant> next) {}

    /// What an earlier control plane had done.
    synchronized void recover() {
        store.handled().forEach((name, handled) -> times.put(name, new Times(handled, Optional.of(handled.at()))));
    }

    /// Every job of what is live.
    synchronized List<Entry> entries() {
        var serving = releases.errands().serving();
        live.keySet().retainAll(serving.keySet());
        var others = serving.entrySet().stream()
                .filter(each -> !isKnown(each.getKey(), each.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        if (others.size() > ONE_BY_ONE) {
            releases.errands().live().forEach((where, release) -> live.put(where, known(release)));
        } else {
            others.forEach(where -> releases.current(where).ifPresent(release -> live.put(where, known(release))));
        }
        return live.values().stream().flatMap(known -> known.jobs().stream()).toList();
    }

    private boolean isKnown(AppEnvironment where, int release) {
        var before = live.get(where);
        return before != null && before.release() == release;
    }

    private static Known known(Release release) {
        var jobs = release.settings().schedule().entrySet().stream()
                .map(job -> new Entry(new JobName(release.where(), job.getKey()), release.number(), job.getValue()))
                .toList();
        return new Known(release.number(), jobs);
    }

    /// What is due by now. A job that is new begins with now.
    synchronized List<Due> due(Instant now) {
        var enabled = entries().stream().filter(entry -> entry.job().enabled()).toList();
        forgetBut(enabled);
        var due = new ArrayList<Due>();
        for (var entry : enabled) {
            var known = times.get(entry.name());
            if (known == null
                    || !known.handled().line().equals(entry.line())
                    || known.handled().at().isAfter(now.plus(SET_RIGHT))) {
                begin(entry, now);
            } else if (known.next().filter(next -> !next.isAfter(now)).isPresent()) {
                count(entry, known.handled().at(), now).ifPresent(due::add);
            }
        }
        return due;
    }

    private void forgetBut(List<Entry> enabled) {
        var names = enabled.stream().map(Entry::name).toList();
        var gone = times.keySet().stream().filter(name -> !names.contains(name)).toList();
        gone.forEach(name -> {
            store.forgetTimes(name);
            times.remove(name);
        });
    }

    private void begin(Entry entry, Instant now) {
        var handled = new Handled(entry.line(), now);
        store.handled(entry.name(), handled);
        times.put(entry.name(), new Times(handled, entry.next(now)));
    }

    private Optional<Due> count(Entry entry, Instant after, Instant now) {
        var next = entry.next(after);
        var last = after;
        int count = 0;
        while (next.filter(at -> !at.isAfter(now)).isPresent() && count < MOST_COUNTED) {
            last = next.get();
            count++;
            next = entry.next(last);
        }
        if (count == 0) {
            times.put(entry.name(), new Times(new Handled(entry.line(), after), next));
            return Optional.empty();
        }
        return Optional.of(new Due(entry, count == MOST_COUNTED ? now : last, count));
    }

    /// That is written down.
    synchronized void done(Due due) {
        times.put(due.entry().name(), new Times(due.handled(), due.entry().next(due.at())));
    }

    /// When a job is due next; nothing where it does not run by itself.
    List<Instant> next(Entry entry, Instant now, int count) {
        var found = new ArrayList<Instant>();
        var at = entry.job().enabled() ? entry.next(now) : Optional.<Instant>empty();
        while (at.isPresent() && found.size() < count) {
            found.add(at.get());
            at = entry.next(at.get());
        }
        return found;
    }
}
