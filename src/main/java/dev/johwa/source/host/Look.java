package dev.johwa.source.host;

import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.text.Few;
import dev.johwa.source.config.Configs;
import dev.johwa.source.config.ProjectFile;
import dev.johwa.source.git.Mirror;
import dev.johwa.source.git.Mirror.Shown;
import dev.johwa.source.git.Origin;
import dev.johwa.source.git.OriginFailed;
import dev.johwa.source.git.Progress;
import dev.johwa.source.git.Push.RefUpdate;
import dev.johwa.source.host.HostApi.Checks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// One look at a host: what is there, what moved since, and on with it. Used by one thread. Cut off at any instant,
/// the next look finds again what was not done.
final class Look {
    private static final String HEADS = "heads/";
    static final String ALL_HEADS = "refs/heads/*";
    private static final String FILE = "johwa.yaml";
    private static final String PREVIEW = "preview";
    private static final int NAMED = 5;

    private final HostPorts ports;
    private final ConnectionStore store;
    private final Connection connection;
    private final Optional<HostApi> api;
    private final Who who;
    private final List<String> waiting = new ArrayList<>();
    private Optional<HostFailed> untold = Optional.empty();
    private int moved;

    /// @param by who is told as the one who pushed
    record Who(String by, Progress progress) {}

    /// What came of it.
    ///
    /// @param moved how many refs
    /// @param waiting what waits, for a person, a line each
    /// @param untold why the host told git, and not all else
    record Seen(int moved, List<String> waiting, Optional<HostFailed> untold) {}

    /// @param api empty where nothing is spoken there, or must not be just now
    Look(HostPorts ports, ConnectionStore store, Connection connection, Optional<HostApi> api, Who who) {
        this.ports = ports;
        this.store = store;
        this.connection = connection;
        this.api = api;
        this.who = who;
    }

    Seen at(Origin origin) throws OriginFailed, HostFailed {
        var shown = mirror().look(origin, List.of(ALL_HEADS));
        if (shown.refs().isEmpty() && !mirror().own(project()).isEmpty()) {
            waiting.add(connection.home().shown() + " shows no branches any more; nothing is deleted here for that");
            return seen();
        }
        removeGone(shown);
        if (isNews(shown)) {
            mirror().fetch(project(), origin, List.of(ALL_HEADS));
        }
        if (connection.times().looked().isEmpty()) {
            setAside(shown);
        }
        shown.head().ifPresent(head -> mirror().follow(project(), head));
        moveBranches(shown);
        lookAtPulls(origin);
        return seen();
    }

    private Seen seen() {
        return new Seen(moved, List.copyOf(waiting), untold);
    }

    private String project() {
        return connection.project();
    }

    private Mirror mirror() {
        return ports.mirror();
    }

    private Map<String, String> seenHeads() {
        var heads = new TreeMap<>(mirror().seen(project()));
        heads.keySet().removeIf(name -> !name.startsWith(HEADS));
        return heads;
    }

    private boolean isNews(Shown shown) {
        var seen = new TreeMap<String, String>();
        seenHeads().forEach((name, commit) -> seen.put("refs/" + name, commit));
        return !seen.equals(new TreeMap<>(shown.refs()));
    }

    /// First: a new branch may need the name of one that is gone as its folder.
    private void removeGone(Shown shown) {
        var own = mirror().own(project());
        for (var name : seenHeads().keySet()) {
            if (!shown.refs().containsKey("refs/" + name)) {
                if (own.containsKey(name)) {
                    move("refs/" + name, RefUpdate.NOTHING);
                }
                mirror().forget(project(), name);
            }
        }
    }

    /// Of all the branches that are there already only those run whose place is an environment: a preview of each that
    /// somebody once forgot would help nobody.
    private void setAside(Shown shown) {
        var seen = seenHeads();
        var file =
                shown.head().map(head -> seen.get(HEADS + head)).map(this::file).orElseGet(ProjectFile::none);
        var asides = new LinkedHashMap<String, String>();
        seen.forEach((name, commit) -> {
            var branch = name.substring(HEADS.length());
            boolean isMain = shown.head().filter(branch::equals).isPresent();
            boolean hasPlace =
                    !ports.configs().environmentOf(file, branch, shown.head()).equals(PREVIEW);
            if (!isMain && !hasPlace) {
                asides.put(branch, commit);
            }
        });
        store.putAsides(project(), asides);
        if (!asides.isEmpty()) {
            who.progress()
                    .say(asides.size() + (asides.size() == 1 ? " branch gets its" : " branches get their")
                            + " preview with the next push to it: " + Few.of(asides.keySet(), NAMED));
        }
    }

    private ProjectFile file(String commit) {
        try {
            return ports.repositories()
                    .file(project(), commit, FILE)
                    .map(text -> Configs.parse(FILE, text))
                    .orElseGet(ProjectFile::none);
        } catch (ProblemException e) {
            // The run of that branch tells it.
            return ProjectFile.none();
        }
    }

    private void moveBranches(Shown shown) throws HostFailed {
        var own = mirror().own(project());
        var asides = store.asides(project());
        var order = new ArrayList<>(seenHeads().entrySet());
        order.sort((one, other) -> Boolean.compare(isHead(shown, other.getKey()), isHead(shown, one.getKey())));
        for (var each : order) {
            var name = each.getKey();
            var commit = each.getValue();
            boolean isAside = !own.containsKey(name) && commit.equals(asides.get(name.substring(HEADS.length())));
            if (!isAside && !commit.equals(own.get(name)) && mayGo(name.substring(HEADS.length()), commit)) {
                move("refs/" + name, commit);
            }
        }
    }

    private static boolean isHead(Shown shown, String name) {
        return shown.head().filter(head -> name.equals(HEADS + head)).isPresent();
    }

    private void move(String ref, String to) {
        mirror().move(project(), ref, to, who.by(), who.progress());
        moved++;
    }

    /// Whether the host's own checks let it go, where they are waited for.
    private boolean mayGo(String what, String commit) throws HostFailed {
        if (!connection.wish().afterChecks()) {
            return true;
        }
        var asked = asked(host -> host.checks(commit));
        if (asked.isEmpty()) {
            waiting.add(what + " " + commit.substring(0, 8) + " waits for checks there, which the host does not tell");
            return false;
        }
        var checks = asked.get();
        if (checks.pending().isEmpty() && checks.failed().isEmpty() && !checks.areNone()) {
            return true;
        }
        waiting.add(what + " " + commit.substring(0, 8) + " " + why(checks));
        return false;
    }

    private static String why(Checks checks) {
        if (!checks.failed().isEmpty()) {
            return "does not go out: failed there: " + Few.of(checks.failed(), NAMED);
        }
        return checks.areNone()
                ? "waits for the first check there"
                : "waits for checks there: " + Few.of(checks.pending(), NAMED);
    }

    /// A question to the host.
    private interface Question<T> {
        T to(HostApi host) throws HostFailed;
    }

    /// The answer. A host that lets git in and tells nothing else holds up no branch.
    private <T> Optional<T> asked(Question<T> question) throws HostFailed {
        if (api.isEmpty() || untold.isPresent()) {
            return Optional.empty();
        }
        try {
            return Optional.of(question.to(api.get()));
        } catch (HostFailed e) {
            if (e.reason() == HostFailed.Reason.MOVED) {
                throw e;
            }
            untold = Optional.of(e);
            return Optional.empty();
        }
    }

    private void lookAtPulls(Origin origin) throws OriginFailed, HostFailed {
        var listed = asked(HostApi::pulls);
        if (listed.isEmpty()) {
            return;
        }
        var before = new LinkedHashMap<Integer, Pull>();
        store.pulls(project()).forEach(pull -> before.put(pull.number(), pull));
        store.putPulls(project(), listed.get());
        var open = store.pulls(project());
        var own = mirror().own(project());
        own.keySet().stream()
                .filter(name -> name.startsWith("pull/"))
                .filter(name -> open.stream().noneMatch(pull -> name.equals(own(pull))))
                .forEach(name -> move("refs/" + name, RefUpdate.NOTHING));
        for (var pull : open) {
            if (pull.isApproved() && !pull.head().equals(own.get(own(pull)))) {
                bring(origin, pull);
            } else if (!pull.isApproved()) {
                waiting.add("#" + pull.number() + " of " + pull.author() + " (" + pull.title() + ") at "
                        + pull.head().substring(0, 8) + " waits for approval: johwa connect approve " + project() + " "
                        + pull.number());
                boolean isKnown = Optional.ofNullable(before.get(pull.number()))
                        .filter(known -> known.head().equals(pull.head()))
                        .isPresent();
                if (!isKnown) {
                    tellWaiting(pull);
                }
            }
        }
    }

    private static String own(Pull pull) {
        return Pull.ref(pull.number()).substring("refs/".length());
    }

    private void bring(Origin origin, Pull pull) throws OriginFailed, HostFailed {
        var there = api.orElseThrow().pullRef(pull.number());
        mirror().fetch(project(), origin, List.of(there));
        // It may have moved since it was approved, and since it was listed.
        boolean isSame = pull.head().equals(mirror().seen(project()).get(there.substring("refs/".length())));
        if (!isSame) {
            waiting.add("#" + pull.number() + " is looked at again: its commit is not there, or no longer");
        } else if (mayGo("#" + pull.number(), pull.head())) {
            move(Pull.ref(pull.number()), pull.head());
        }
        mirror().forget(project(), there.substring("refs/".length()));
    }

    private void tellWaiting(Pull pull) throws HostFailed {
        var text = "Waits for approval by a maintainer";
        var _ = asked(host -> {
            host.tell(new Reports.Status(pull.head(), GitHubApi.OURS, "pending", text, ""));
            return text;
        });
    }
}
