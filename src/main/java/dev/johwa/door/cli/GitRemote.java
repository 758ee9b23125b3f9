package dev.johwa.door.cli;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The remote named `johwa` of a repository: it says which server and which project are meant.
///
/// Read from git's own file, since starting git would cost more than the rest of a command.
/// Source of the format: git's Documentation/config.txt, "CONFIGURATION FILE".
///
/// @param server without a slash at its end
/// @param token when the URL carries one
record GitRemote(String server, String project, Optional<String> token) {
    private static final Pattern SECTION = Pattern.compile("\\[\\s*([\\w.-]+)(?:\\s+\"([^\"]*)\")?\\s*]");
    private static final Pattern URL = Pattern.compile("\\s*url\\s*=\\s*\"?([^\"#;]*?)\"?\\s*");

    /// The remote of the repository in which the folder lies.
    static Optional<GitRemote> find(Path folder) {
        for (@Nullable Path at = folder.toAbsolutePath(); at != null; at = at.getParent()) {
            var git = at.resolve(".git");
            if (Files.exists(git)) {
                return config(git).flatMap(GitRemote::url).flatMap(GitRemote::parse);
            }
        }
        return Optional.empty();
    }

    /// The file of settings: in `.git`, or where a worktree's `.git` file points.
    private static Optional<Path> config(Path git) {
        try {
            if (Files.isDirectory(git)) {
                return Optional.of(git.resolve("config"));
            }
            var text = Files.readString(git).strip();
            var real = git.resolveSibling(text.replaceFirst("^gitdir:\\s*", "")).normalize();
            var common = real.resolve("commondir");
            var main =
                    Files.exists(common) ? real.resolve(Files.readString(common).strip()) : real;
            return Optional.of(main.normalize().resolve("config"));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> url(Path config) {
        try {
            boolean inside = false;
            for (var line : Files.readAllLines(config, StandardCharsets.UTF_8)) {
                var section = SECTION.matcher(line.strip());
                if (section.matches()) {
                    inside = section.group(1).equalsIgnoreCase("remote") && "johwa".equals(section.group(2));
                }
                var url = URL.matcher(line);
                if (inside && url.matches()) {
                    return Optional.of(url.group(1));
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static Optional<GitRemote> parse(String url) {
        try {
            var uri = URI.create(url);
            var path = Optional.ofNullable(uri.getPath()).orElse("");
            if (uri.getScheme() == null || !uri.getScheme().startsWith("http") || !path.contains("/")) {
                return Optional.empty();
            }
            int slash = path.lastIndexOf('/');
            var port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
            var server = uri.getScheme() + "://" + uri.getHost() + port + path.substring(0, slash);
            var project = path.substring(slash + 1).replaceFirst("\\.git$", "");
            return Optional.of(new GitRemote(server, project, token(uri.getRawUserInfo())));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// The password, or a name without one.
    private static Optional<String> token(@Nullable String userInfo) {
        if (userInfo == null) {
            return Optional.empty();
        }
        var word = userInfo.substring(userInfo.indexOf(':') + 1);
        return Optional.of(URLDecoder.decode(word.replace("+", "%2B"), StandardCharsets.UTF_8))
                .filter(token -> !token.isEmpty());
    }
}
