package dev.johwa.source.detect.stack;

import java.util.List;
import java.util.regex.Pattern;

/// Lock files that say the version of their form: a later one than is known is told before the tool at hand refuses it.
/// Those of Node.js' tools are told of where they are chosen.
public final class LockForms {
    private static final List<Form> ALL = List.of(
            new Form("python", "uv.lock", "(?m)^version\\s*=\\s*(\\d{1,6})", 1, "uv lock"),
            new Form("python", "poetry.lock", "(?m)^lock-version\\s*=\\s*\"(\\d{1,6})", 2, "poetry lock"),
            new Form("python", "pdm.lock", "(?m)^lock_version\\s*=\\s*\"(\\d{1,6})", 4, "pdm lock"),
            new Form("python", "Pipfile.lock", "\"pipfile-spec\"\\s*:\\s*(\\d{1,6})", 6, "pipenv lock"),
            new Form("rust", "Cargo.lock", "(?m)^version\\s*=\\s*(\\d{1,6})\\s*$", 4, "cargo generate-lockfile"),
            new Form(
                    "php", "composer.lock", "\"plugin-api-version\"\\s*:\\s*\"(\\d{1,6})", 2, "composer update --lock"),
            new Form("deno", "deno.lock", "\"version\"\\s*:\\s*\"(\\d{1,6})", 5, "deno install"),
            new Form(
                    "swift",
                    "Package.resolved",
                    "\"version\"\\s*:\\s*(\\d{1,6})\\s*}\\s*$",
                    3,
                    "swift package resolve"),
            new Form(
                    "dotnet",
                    "packages.lock.json",
                    "\\A\\s*\\{\\s*\"version\"\\s*:\\s*(\\d{1,6})",
                    2,
                    "dotnet restore"),
            new Form("crystal", "shard.lock", "(?m)^version:\\s*(\\d{1,6})", 2, "shards install"));

    private LockForms() {}

    /// @param provider whose it is: the beginning of its name
    /// @param version where the file says it, as a whole number
    /// @param newest that is known
    /// @param mend the command that writes it again
    private record Form(String provider, String file, Pattern version, int newest, String mend) {
        Form(String provider, String file, String version, int newest, String mend) {
            this(provider, file, Pattern.compile(version), newest, mend);
        }
    }

    /// Those that lie in the folder and are its provider's.
    public static void tell(Draft draft, Folder folder) {
        ALL.stream()
                .filter(form -> draft.provider.startsWith(form.provider()) && folder.has(form.file()))
                .forEach(form -> tell(draft, folder, form));
    }

    private static void tell(Draft draft, Folder folder, Form form) {
        var found = form.version().matcher(folder.start(form.file()));
        if (found.find() && Integer.parseInt(found.group(1)) > form.newest()) {
            draft.warn(
                    "detect.lock-form",
                    form.file() + " has version " + found.group(1) + " of its form, and " + form.newest()
                            + " is the newest that is known here; the tool of this server may refuse it",
                    "have a newer tool on the server, or write it by the one that is here: `" + form.mend() + "`");
        }
    }
}
