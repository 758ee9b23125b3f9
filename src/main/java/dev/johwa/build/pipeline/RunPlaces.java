package dev.johwa.build.pipeline;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.task.Cancel;
import dev.johwa.source.git.Progress;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Places for runs that build, as many as the machine carries, given in turn over projects (see [Shares]). Who waits is
/// told where it stands, and who need not wait any more goes at once. Safe for use by many threads.
final class RunPlaces {
    /// How often those that wait look whether the machine has room again.
    private static final Duration LOOK = Duration.ofMillis(500);
    /// Who hears nothing for long takes the connection for dead.
    private static final Duration AGAIN = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(50);

    private final Clock clock;
    private final int places;
    private final Headroom headroom;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Shares shares = new Shares();
    private final Set<Ticket> waiting = new LinkedHashSet<>();
    private final List<Place> taken = new ArrayList<>();
    private @Nullable Map<Object, Standing> forecast;

    /// @param places how many may be taken at once
    RunPlaces(Clock clock, int places, Headroom headroom) {
        this.clock = clock;
        this.places = places;
        this.headroom = headroom;
    }

    /// Who wants a place.
    ///
    /// @param typical how long such runs take, where it is known
    /// @param quiet how long to wait first, since something newer may come
    record Asked(String project, Optional<Duration> typical, Duration quiet) {}

    /// One that waits.
    private static final class Ticket {
        private final Asked asked;
        private final long notBefore;
        private @Nullable Place place;
        private boolean isUsed;

        Ticket(Asked asked, long notBefore) {
            this.asked = asked;
            this.notBefore = notBefore;
        }
    }

    /// One that was given; closing it gives it back, also a second time.
    final class Place implements AutoCloseable {
        private final Asked asked;
        private final long since = clock.ticks();

        private Place(Asked asked) {
            this.asked = asked;
        }

        @Override
        public void close() {
            lock.lock();
            try {
                if (taken.remove(this)) {
                    forecast = null;
                    shares.ended(asked.project());
                    give();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /// Waits for a place.
    ///
    /// @param progress hears how long that may take
    /// @return nothing when it was cancelled meanwhile
    Optional<Place> take(Asked asked, Progress progress, Cancel cancel) {
        var ticket = enter(asked);
        try (var _ = cancel.onCancel(this::wake)) {
            return await(ticket, progress, cancel);
        } finally {
            leave(ticket);
        }
    }

    private Optional<Place> await(Ticket ticket, Progress progress, Cancel cancel) {
        Optional<Word> told = Optional.empty();
        long toldAt = 0;
        while (!cancel.isCancelled()) {
            var word = look(ticket);
            if (word.isEmpty()) {
                ticket.isUsed = true;
                return Optional.ofNullable(ticket.place);
            }
            // Whoever hears it may be slow: nobody else waits for that.
            boolean isLongAgo = clock.ticks() - toldAt > AGAIN.toNanos();
            if (told.isEmpty() || isLongAgo || word.get().isNewsAfter(told.get())) {
                progress.say("  waiting   " + word.get().text());
                told = word;
                toldAt = clock.ticks();
            }
            pause(ticket, cancel);
        }
        return Optional.empty();
    }

    /// What to tell who waits.
    private record Word(String obstacle, Optional<Standing> standing) {
        String text() {
            return standing.map(Standing::text).orElse(obstacle);
        }

        boolean isNewsAfter(Word told) {
            return !obstacle.equals(told.obstacle)
                    || standing.isPresent()
                            && (told.standing.isEmpty() || standing.get().isNewsAfter(told.standing.get()));
        }
    }

    private Ticket enter(Asked asked) {
        lock.lock();
        try {
            var ticket = new Ticket(asked, clock.ticks() + asked.quiet().toNanos());
            waiting.add(ticket);
            forecast = null;
            give();
            return ticket;
        } finally {
            lock.unlock();
        }
    }

    /// Who does not want it any more leaves its place in the line, or the one that it was given a moment ago.
    private void leave(Ticket ticket) {
        lock.lock();
        try {
            if (waiting.remove(ticket)) {
                forecast = null;
            } else if (ticket.place != null && !ticket.isUsed) {
                ticket.place.close();
            }
        } finally {
            lock.unlock();
        }
    }

    /// @return what to tell it; empty when it has its place
    private Optional<Word> look(Ticket ticket) {
        lock.lock();
        try {
            give();
            if (ticket.place != null) {
                return Optional.empty();
            }
            if (!isReady(ticket)) {
                return Optional.of(new Word("a moment, for whatever else is pushed to this branch", Optional.empty()));
            }
            var lack = taken.size() < places ? lack() : Optional.<String>empty();
            return Optional.of(lack.map(text -> new Word(text, Optional.empty()))
                    .orElseGet(() -> new Word("", Optional.of(standing(ticket)))));
        } finally {
            lock.unlock();
        }
    }

    private Standing standing(Ticket ticket) {
        if (forecast == null) {
            long now = clock.ticks();
            var going = taken.stream()
                    .map(place -> new Forecast.Going(
                            place.asked.project(), Duration.ofNanos(now - place.since), place.asked.typical()))
                    .toList();
            var rest = waiting.stream()
                    .map(each -> new Forecast.Waiting(each, each.asked.project(), each.asked.typical()))
                    .toList();
            forecast = Forecast.of(places, shares, going, rest);
        }
        return Objects.requireNonNull(forecast.get(ticket), "it waits");
    }

    private boolean isReady(Ticket ticket) {
        return clock.ticks() >= ticket.notBefore;
    }

    /// Gives what is free to those whose turn it is.
    private void give() {
        while (taken.size() < places) {
            var next = shares.next(waiting.stream().filter(this::isReady).toList(), each -> each.asked.project());
            if (next.isEmpty() || lack().isPresent()) {
                return;
            }
            var ticket = next.get();
            waiting.remove(ticket);
            forecast = null;
            shares.began(ticket.asked.project());
            ticket.place = new Place(ticket.asked);
            taken.add(ticket.place);
            changed.signalAll();
        }
    }

    /// A machine that cannot even be asked, as without a free descriptor, has no room for another run.
    private Optional<String> lack() {
        try {
            return headroom.lack(taken.size());
        } catch (UncheckedIOException e) {
            return Optional.of("until the server can look at its disk: " + e.getCause());
        }
    }

    private void pause(Ticket ticket, Cancel cancel) {
        lock.lock();
        try {
            if (ticket.place == null && !cancel.isCancelled() && isReady(ticket)) {
                var _ = changed.await(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                return;
            }
        } catch (InterruptedException e) {
            throw stopped(e);
        } finally {
            lock.unlock();
        }
        if (!isReady(ticket)) {
            sleep();
        }
    }

    private void sleep() {
        try {
            clock.sleep(SHORT);
        } catch (InterruptedException e) {
            throw stopped(e);
        }
    }

    private static IllegalStateException stopped(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("the server stops", e);
    }

    private void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
