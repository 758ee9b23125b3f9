package dev.johwa.serve.domain;

import dev.johwa.lib.clock.Durations;
import dev.johwa.lib.task.TimeLimit;
import dev.johwa.serve.domain.DomainSettings.Binding;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Security;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.shredzone.acme4j.AccountBuilder;
import org.shredzone.acme4j.Authorization;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.Order;
import org.shredzone.acme4j.Problem;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.Status;
import org.shredzone.acme4j.challenge.Challenge;
import org.shredzone.acme4j.challenge.Http01Challenge;
import org.shredzone.acme4j.challenge.TlsAlpn01Challenge;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.exception.AcmeLazyLoadingException;
import org.shredzone.acme4j.exception.AcmeProtocolException;
import org.shredzone.acme4j.exception.AcmeRateLimitedException;
import org.shredzone.acme4j.exception.AcmeServerException;
import org.shredzone.acme4j.util.KeyPairUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A certificate authority that speaks ACME (RFC 8555), and our account there. Only when a certificate is wanted is
/// anything of it loaded.
final class Authority {
    private static final Logger LOG = LoggerFactory.getLogger(Authority.class);
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration SILENCE = Duration.ofSeconds(30);
    /// Of one certificate: an answer that begins and never ends would keep all others waiting.
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private static final int MOST_CAUSES = 10;

    private final String directory;
    private final Optional<String> mail;
    private final Optional<Binding> binding;
    private final Path accountKey;
    private final Duration longest;

    /// @param directory address of its directory
    Authority(String directory, DomainSettings settings) {
        this(directory, settings, LONGEST);
    }

    /// @param longest how long all of one certificate may take
    Authority(String directory, DomainSettings settings, Duration longest) {
        this.directory = directory;
        this.longest = longest;
        this.mail = settings.mail();
        this.binding = settings.binding();
        this.accountKey = settings.folder().resolve("account.key");
    }

    /// Asks for a certificate; returns when it is there.
    ///
    /// @param throughTls whether its question should come within a handshake rather than by plain HTTP
    Issued order(String name, boolean throughTls, Questions questions) throws Refused, InterruptedException {
        prepare();
        var limit = TimeLimit.start(longest);
        try (limit) {
            var order = login().getAccount().newOrder().domain(name).create();
            for (var authorization : order.getAuthorizations()) {
                prove(authorization, throughTls, questions);
            }
            return issued(order);
        } catch (AcmeRateLimitedException e) {
            throw new Refused(directory + " gives no more for now: " + e.getMessage(), e.getRetryAfter());
        } catch (InterruptedException e) {
            if (!limit.isOver()) {
                throw e;
            }
            throw none(name, tooLong());
        } catch (AcmeException
                | AcmeProtocolException
                | AcmeLazyLoadingException
                | IOException
                | UncheckedIOException
                | GeneralSecurityException
                | IllegalArgumentException e) {
            var interrupt = interrupt(e);
            if (interrupt.isPresent() && !limit.isOver()) {
                throw interrupt.get();
            }
            throw none(name, limit.isOver() ? tooLong() : reason(e));
        } finally {
            questions.takeBack();
        }
    }

    /// The library takes a server that ends for an authority that does not answer.
    private static Optional<InterruptedException> interrupt(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .limit(MOST_CAUSES)
                .filter(InterruptedException.class::isInstance)
                .map(InterruptedException.class::cast)
                .findFirst();
    }

    private String tooLong() {
        return "it did not come to an end within " + Durations.text(longest.toMillis());
    }

    private Refused none(String name, String why) {
        return new Refused(directory + " gave no certificate for " + name + ": " + why, Optional.empty());
    }

    private static void prepare() {
        if (Security.getProvider(BouncyCastleProvider.PROVIDER_NAME) == null) {
            // The library asks for it by name; last, so that nobody else gets it.
            Security.addProvider(new BouncyCastleProvider());
        }
    }

    /// When it would have a certificate renewed; empty where it has nothing to say of it.
    ///
    /// @param again when to ask again where it does not say
    Optional<Advice> advice(String name, X509Certificate leaf, Instant again) {
        prepare();
        try (var _ = TimeLimit.start(longest)) {
            var info = login().bindRenewalInfo(leaf);
            var next = info.fetch().filter(again::isBefore).orElse(again);
            return Optional.of(new Advice(
                    Advice.within(info.getSuggestedWindowStart(), info.getSuggestedWindowEnd(), name), next));
        } catch (AcmeException
                | IOException
                | UncheckedIOException
                | Refused
                | IllegalArgumentException
                | AcmeProtocolException
                | AcmeLazyLoadingException e) {
            LOG.debug("name={} {} says nothing of its renewal: {}", name, directory, e.toString());
            return Optional.empty();
        }
    }

    private static String reason(Throwable failure) {
        var cause = failure.getCause();
        var words = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        return cause == null || cause.getMessage() == null || words.contains(cause.getMessage())
                ? words
                : words + " (" + cause.getMessage() + ")";
    }

    private Login login() throws AcmeException, IOException, Refused {
        var session = new Session(URI.create(directory));
        session.networkSettings().setTimeout(SILENCE);
        var builder = new AccountBuilder().agreeToTermsOfService().useKeyPair(accountKey());
        mail.ifPresent(builder::addEmail);
        binding.ifPresent(account -> builder.withKeyIdentifier(account.id(), account.key()));
        try {
            return builder.createLogin(session);
        } catch (AcmeServerException e) {
            if (session.getMetadata().isExternalAccountRequired()) {
                throw new Refused(
                        directory + " knows its customers, " + unknown() + ": " + reason(e), Optional.empty());
            }
            throw e;
        }
    }

    private String unknown() {
        return binding.map(
                        account -> "and '" + account.id() + "' with the key in the file of --acme-eab is none of them")
                .orElse(
                        "and wants to know which one this is (johwa up --acme-eab FILE, with the id and key it gave you)");
    }

    private KeyPair accountKey() throws IOException {
        if (Files.exists(accountKey)) {
            return KeyPairUtils.readKeyPair(new StringReader(Files.readString(accountKey)));
        }
        var made = KeyPairUtils.createECKeyPair("secp256r1");
        var text = new StringWriter();
        KeyPairUtils.writeKeyPair(made, text);
        Files.createDirectories(accountKey.getParent());
        Pem.write(accountKey, text.toString(), "rw-------");
        return made;
    }

    private void prove(Authorization authorization, boolean throughTls, Questions questions)
            throws AcmeException, Refused, InterruptedException, GeneralSecurityException {
        if (authorization.getStatus() == Status.VALID) {
            return;
        }
        Challenge challenge = throughTls ? inHandshake(authorization, questions) : byHttp(authorization, questions);
        challenge.trigger();
        var status = authorization.waitForCompletion(PATIENCE);
        if (status != Status.VALID) {
            challenge.fetch();
            var why = challenge.getError().map(Problem::toString).orElse("it came to no end, " + status);
            throw new Refused(directory + " asked for a proof and got none: " + why, Optional.empty());
        }
    }

    private static Challenge byHttp(Authorization authorization, Questions questions) throws Refused {
        var challenge = authorization
                .findChallenge(Http01Challenge.class)
                .orElseThrow(() -> new Refused("it does not ask by HTTP", Optional.empty()));
        questions.answer(challenge.getToken(), challenge.getAuthorization());
        return challenge;
    }

    private static Challenge inHandshake(Authorization authorization, Questions questions)
            throws Refused, GeneralSecurityException {
        var challenge = authorization
                .findChallenge(TlsAlpn01Challenge.class)
                .orElseThrow(() -> new Refused("it does not ask by TLS", Optional.empty()));
        // The library signs it as RSA, whatever the key.
        var pair = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        var name = authorization.getIdentifier();
        questions.answer(name.getDomain(), challenge.createCertificate(pair, name), pair.getPrivate());
        return challenge;
    }

    private Issued issued(Order order) throws AcmeException, Refused, InterruptedException, GeneralSecurityException {
        var pair = Issued.newKey();
        order.waitUntilReady(PATIENCE);
        order.execute(pair);
        var status = order.waitForCompletion(PATIENCE);
        if (status != Status.VALID) {
            var why = order.getError().map(Problem::toString).orElse("its order came to no end, " + status);
            throw new Refused(directory + " gave no certificate: " + why, Optional.empty());
        }
        return new Issued(order.getCertificate().getCertificateChain(), pair.getPrivate());
    }
}
