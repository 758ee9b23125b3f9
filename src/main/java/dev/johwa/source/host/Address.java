package dev.johwa.source.host;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// The address of a repository elsewhere: `https://github.com/acme/shop`, `git@github.com:acme/shop.git`,
/// `ssh://git@host:2222/acme/shop`. It carries no credentials.
///
/// @param scheme `https`, `http` or `ssh`
/// @param user of ssh
/// @param port -1 for the usual one
/// @param path without a slash at its start and end
record Address(String scheme, Optional<String> user, String host, int port, String path) {
    private static final Pattern SCP = Pattern.compile("(?:([\\w.-]+)@)?([\\w.-]+):(?!//)([^\\s]+)");
    private static final Pattern SHORT = Pattern.compile("[\\w.-]+/[\\w.-]+");
    private static final Pattern BARE = Pattern.compile("[\\w-]+(\\.[\\w-]+)+(:\\d+)?/[^\\s]+");
    private static final Pattern GOOD_PATH = Pattern.compile("[\\w.~+/@%-]+");
    private static final int LONGEST = 1000;
    private static final int SSH = 22;
    /// Where a repository is two words, whatever of its pages was copied.
    private static final List<String> TWO_WORDS = List.of("github.com", "codeberg.org", "gitea.com");

    /// @throws ProblemException `connect.address`
    static Address parse(String written) {
        var text = written.strip();
        if (text.isEmpty() || text.length() > LONGEST || text.startsWith("-")) {
            throw none(text, "write it as https://github.com/acme/shop");
        }
        if (SHORT.matcher(text).matches()) {
            throw none(text, "did you mean https://github.com/" + text + "?");
        }
        var scp = SCP.matcher(text);
        if (!text.contains("://") && scp.matches() && !BARE.matcher(text).matches()) {
            return checked(text, new Address("ssh", Optional.ofNullable(scp.group(1)), scp.group(2), -1, scp.group(3)));
        }
        try {
            var uri = new URI(BARE.matcher(text).matches() ? "https://" + text : text);
            return of(text, uri);
        } catch (URISyntaxException e) {
            throw none(text, "write it as https://github.com/acme/shop");
        }
    }

    private static Address of(String text, URI uri) {
        var scheme = Optional.ofNullable(uri.getScheme()).orElse("").toLowerCase(Locale.ROOT);
        if (!List.of("https", "http", "ssh").contains(scheme) || uri.getHost() == null) {
            throw none(text, "it begins with https:// or ssh://, and names a host");
        }
        var user = Optional.ofNullable(uri.getRawUserInfo());
        if (!scheme.equals("ssh") && user.isPresent()
                || user.filter(name -> name.contains(":")).isPresent()) {
            throw Problem.user("connect.credentials", "an address carries no credentials")
                    .hint("leave out what is before '@', and give a token with --with-token; revoke the one that stood"
                            + " there")
                    .exception();
        }
        var path = Optional.ofNullable(uri.getRawPath()).orElse("");
        return checked(text, new Address(scheme, user, uri.getHost(), uri.getPort(), path));
    }

    private static Address checked(String text, Address address) {
        var host = address.host().toLowerCase(Locale.ROOT);
        var path = address.path().replaceAll("^/+|/+$", "");
        var words = List.of(path.split("/"));
        if (TWO_WORDS.contains(host) && words.size() > 2) {
            path = words.get(0) + "/" + words.get(1);
        }
        boolean leaves =
                words.contains("..") || words.contains(".") || words.getFirst().startsWith("-");
        if (path.isEmpty() || leaves || !GOOD_PATH.matcher(path).matches()) {
            throw none(text, "after the host it names a repository, such as /acme/shop");
        }
        return new Address(address.scheme(), address.user(), host, address.port(), path);
    }

    private static ProblemException none(String text, String hint) {
        var shown = text.length() > 80 ? text.substring(0, 80) + "…" : text;
        return Problem.user("connect.address", "'" + shown + "' is no address of a repository elsewhere")
                .hint(hint)
                .exception();
    }

    boolean isSsh() {
        return scheme.equals("ssh");
    }

    /// Whether what is said to it can be read on its way.
    boolean isOpen() {
        return scheme.equals("http");
    }

    /// As git is given it.
    String url() {
        var who = user.map(name -> name + "@").orElse(isSsh() ? "git@" : "");
        return scheme + "://" + who + authority() + "/" + path;
    }

    private String authority() {
        return host + (port < 0 ? "" : ":" + port);
    }

    /// `acme/shop`.
    String repository() {
        return path.replaceFirst("\\.git$", "");
    }

    /// What the project is called that nobody named.
    String name() {
        var repository = repository();
        var last = repository.substring(repository.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        return last.replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
    }

    /// The server itself: `https://github.com`. That of an address for ssh is guessed.
    String server() {
        return isSsh() ? "https://" + host : scheme + "://" + authority();
    }

    /// The port to which is gone.
    int usedPort() {
        if (port > 0) {
            return port;
        }
        return switch (scheme) {
            case "https" -> 443;
            case "http" -> 80;
            default -> SSH;
        };
    }

    /// As ssh knows its keys.
    String knownAs() {
        return usedPort() == SSH ? host : "[" + host + "]:" + usedPort();
    }

    /// Its page for people.
    String page() {
        return server() + "/" + repository();
    }

    /// For people: `github.com/acme/shop`.
    String shown() {
        return authority() + "/" + repository();
    }

    @Override
    public String toString() {
        return url();
    }
}
