package dev.johwa.source.dockerfile.stage;

import dev.johwa.source.dockerfile.syntax.Refused;
import java.util.List;
import java.util.regex.Pattern;

/// What COPY and ADD can do. Texts have their variables replaced.
public final class Copying {
    private static final Pattern GIT =
            Pattern.compile("(git@|git://|ssh://).*|https?://[^?#]+\\.git/?([?#].*)?", Pattern.DOTALL);
    /// Octal up to 7777, or as `chmod` has it: `u+x,go=`.
    private static final Pattern MODE =
            Pattern.compile("|0*[0-7]{1,4}|(?:[ugoa]*+(?:[-+=](?:[ugo]|[rwxXst]*+))++,?+)++");
    private static final Pattern DIGEST =
            Pattern.compile("sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128}");

    private static final int LONGEST_MODE = 100;

    private Copying() {}

    static void check(boolean isAdd, List<String> sources, String chmod, String checksum) throws Refused {
        if (chmod.length() > LONGEST_MODE || !MODE.matcher(chmod).matches()) {
            throw new Refused("copy", "--chmod=" + chmod + " is no mode", "--chmod", "write --chmod=755, or u+x");
        }
        if (!checksum.isEmpty() && (sources.size() != 1 || !isRemote(sources.getFirst()))) {
            throw new Refused("copy", "--checksum needs one source, an address by http or git", "--checksum");
        }
        // That of a repository is a commit.
        if (!checksum.isEmpty()
                && !isGit(sources.getFirst())
                && !DIGEST.matcher(checksum).matches()) {
            throw new Refused(
                    "copy",
                    "--checksum=" + checksum + " is no digest",
                    "--checksum",
                    "write sha256: and its 64 digits, in small letters");
        }
        var remote = sources.stream().filter(Copying::isRemote).findFirst();
        if (!isAdd && remote.isPresent()) {
            throw new Refused("copy", "COPY cannot fetch " + remote.get(), null, "ADD can");
        }
    }

    /// Something that a builder fetches over the network.
    public static boolean isRemote(String source) {
        return source.startsWith("http://") || source.startsWith("https://") || isGit(source);
    }

    public static boolean isGit(String source) {
        return GIT.matcher(source).matches();
    }
}
