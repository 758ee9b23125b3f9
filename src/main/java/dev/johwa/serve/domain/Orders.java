package dev.johwa.serve.domain;

import dev.johwa.lib.clock.Clock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gets certificates that are missing or should be renewed, one after another, and asks less and less often where it
/// is refused. Safe for use by many threads.
final class Orders {
    private static final Logger LOG = LoggerFactory.getLogger(Orders.class);
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(5);
    private static final Duration ASK_AGAIN = Duration.ofHours(6);
    private static final List<Duration> PAUSES = List.of(
            Duration.ofMinutes(1),
            Duration.ofMinutes(10),
            Duration.ofHours(1),
            Duration.ofHours(3),
            Duration.ofHours(8),
            Duration.ofHours(24));

    private final Optional<Authority> authority;
    private final DomainStore store;
    private final CertificateFiles files;
    private final OpenQuestions questions;
    private final Clock clock;
    private final ReentrantLock one = new ReentrantLock();

    Orders(
            Optional<Authority> authority,
            DomainStore store,
            CertificateFiles files,
            OpenQuestions questions,
            Clock clock) {
        this.authority = authority;
        this.store = store;
        this.files = files;
        this.questions = questions;
        this.clock = clock;
    }

    /// A name for which a certificate is wanted.
    ///
    /// @param elsewhere why it does not point here, empty when it does
    record Wish(String name, Optional<String> elsewhere) {}

    boolean isDue(String name) {
        return authority.isPresent() && store.held(name).isDue(clock.now());
    }

    /// Asks when certificates should be renewed, where that was not asked for a while. When somebody orders already,
    /// nothing happens.
    void seekAdvice(List<Held> all) {
        var now = clock.now();
        var asking = all.stream().filter(held -> held.asksAdvice(now)).toList();
        if (authority.isEmpty() || asking.isEmpty() || !one.tryLock()) {
            return;
        }
        try {
            var again = now.plus(ASK_AGAIN);
            for (var held : asking) {
                var advice = files.leaf(held).flatMap(leaf -> authority.get().advice(held.name(), leaf, again));
                // Whoever was asked takes a while: another certificate may be here by now, or the name be gone.
                var there = store.held(held.name());
                if (there.chain().equals(held.chain())) {
                    store.keep(
                            there.advised(advice.orElse(new Advice(held.advice().at(), again))));
                }
            }
        } finally {
            one.unlock();
        }
    }

    /// Tries each that is due once. When somebody does so already, nothing happens.
    ///
    /// @return whether there is a new certificate
    boolean place(Collection<Wish> wishes) throws InterruptedException {
        if (authority.isEmpty() || !one.tryLock()) {
            return false;
        }
        try {
            boolean isNew = false;
            for (var wish : wishes) {
                isNew |= isDue(wish.name()) && place(authority.get(), wish);
            }
            return isNew;
        } finally {
            one.unlock();
        }
    }

    private boolean place(Authority asked, Wish wish) throws InterruptedException {
        var before = store.held(wish.name());
        if (wish.elsewhere().isPresent()) {
            store.keep(before.waiting(wish.elsewhere().get(), clock.now().plus(LOOK_AGAIN)));
            return false;
        }
        try {
            // What one way does not reach, the other may.
            boolean throughTls = before.tries() % 2 == 1;
            var held = files.write(wish.name(), false, asked.order(wish.name(), throughTls, questions));
            store.keep(held);
            files.delete(before);
            LOG.info("name={} has a certificate until {}", wish.name(), held.until());
            return true;
        } catch (Refused e) {
            refused(before, String.valueOf(e.getMessage()), e.again());
        } catch (IOException | RuntimeException e) {
            refused(before, "the certificate could not be kept: " + e, Optional.empty());
        }
        return false;
    }

    private void refused(Held before, String why, Optional<Instant> again) {
        var pause = PAUSES.get(Math.min(before.tries(), PAUSES.size() - 1));
        var next = clock.now().plus(pause);
        var held = before.failed(why, again.filter(next::isBefore).orElse(next));
        store.keep(held);
        LOG.warn("name={} {}", before.name(), held.told(clock.now()).orElse(why));
    }
}
