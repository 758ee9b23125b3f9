package dev.johwa.source.git;

import dev.johwa.lib.event.FactLog;
import dev.johwa.lib.file.Shortage;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.text.Escapes;
import dev.johwa.source.git.Push.RefUpdate;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Git's smart HTTP protocol, v0 and v2, without HTTP: a door hands in the bytes. Safe for use by many threads.
public final class GitServer {
    private static final Logger LOG = LoggerFactory.getLogger(GitServer.class);
    static final long LARGEST_OBJECT = 2L << 30;
    /// No push may be larger, in bytes.
    public static final long LARGEST_PUSH = 8L << 30;
    /// A file of that name, and a lock beside it, must fit into a folder.
    private static final int LONGEST_REF = 250;
    private static final int PATIENCE_SECONDS = 3600;

    private final Repositories repositories;
    private final FactLog facts;
    private final OnPush onPush;
    private final Runnable room;

    public GitServer(Repositories repositories, FactLog facts, OnPush onPush) {
        this(repositories, facts, onPush, () -> {});
    }

    /// @param room throws a problem where nothing more should be taken in now
    public GitServer(Repositories repositories, FactLog facts, OnPush onPush, Runnable room) {
        this.repositories = repositories;
        this.facts = facts;
        this.onPush = onPush;
        this.room = room;
    }

    /// Answers `GET NAME.git/info/refs?service=SERVICE`. Asking what is there makes no project: pushing does.
    public void advertise(Request request, OutputStream out) throws IOException {
        if (request.isPush()) {
            advertisePush(request, out);
        } else {
            advertiseFetch(request, out);
        }
        out.flush();
    }

    private void advertisePush(Request request, OutputStream out) throws IOException {
        room.run();
        requireOwn(request);
        var packets = new PacketLineOut(out);
        packets.writeString("# service=git-receive-pack\n");
        packets.end();
        var advertiser = new PacketLineOutRefAdvertiser(packets);
        if (repositories.exists(request.repository())) {
            receive(repositories.repository(request.repository()), request, Optional.empty())
                    .sendAdvertisedRefs(advertiser);
            return;
        }
        repositories.requireName(request.repository());
        try (var nothing = new InMemoryRepository(new DfsRepositoryDescription(request.repository()))) {
            receive(nothing, request, Optional.empty()).sendAdvertisedRefs(advertiser);
        }
    }

    /// What is pushed here would be gone with the next look at the origin.
    private void requireOwn(Request request) {
        repositories.origin(request.repository()).ifPresent(origin -> {
            throw Problem.user(
                            "git.connected",
                            "'" + request.repository() + "' is connected to " + origin + " and takes no pushes itself")
                    .hint("push there, and it comes here by itself; `johwa connect remove " + request.repository()
                            + "` makes it a project of its own")
                    .exception();
        });
    }

    private void advertiseFetch(Request request, OutputStream out) throws IOException {
        var repository = repositories.repository(request.repository());
        var git = repositories.nativeGit();
        if (git.isEmpty()) {
            upload(repository, request)
                    .sendAdvertisedRefs(new PacketLineOutRefAdvertiser(new PacketLineOut(out)), "git-upload-pack");
            return;
        }
        if (!isVersion2(request)) {
            var packets = new PacketLineOut(out);
            packets.writeString("# service=git-upload-pack\n");
            packets.end();
        }
        git.get().advertiseUpload(repositories.path(request.repository()), request.protocol(), out);
    }

    private static boolean isVersion2(Request request) {
        return request.protocol()
                .filter(text -> List.of(text.split(":")).contains("version=2"))
                .isPresent();
    }

    /// Answers `POST NAME.git/SERVICE`; the bytes come decoded (gzip is the door's work). The first push makes the
    /// project.
    public void serve(Request request, InputStream in, OutputStream out) throws IOException {
        if (request.isPush()) {
            receive(request, in, out);
        } else {
            upload(request, in, out);
        }
        out.flush();
    }

    private void upload(Request request, InputStream in, OutputStream out) throws IOException {
        var repository = repositories.repository(request.repository());
        var git = repositories.nativeGit();
        if (git.isPresent()) {
            git.get().upload(repositories.path(request.repository()), request.protocol(), in, out);
        } else {
            upload(repository, request).upload(in, out, null);
        }
    }

    private UploadPack upload(Repository repository, Request request) {
        var upload = new UploadPack(repository);
        upload.setBiDirectionalPipe(false);
        upload.setTimeout(PATIENCE_SECONDS);
        request.protocol().ifPresent(protocol -> upload.setExtraParameters(Set.of(protocol.split(":"))));
        return upload;
    }

    private void receive(Request request, InputStream in, OutputStream out) throws IOException {
        room.run();
        requireOwn(request);
        boolean isNew = repositories.createWhenMissing(request.repository());
        try {
            repositories.moves().around(() -> receiveInTurn(request, in, out));
        } finally {
            if (isNew) {
                repositories.deleteWhenEmpty(request.repository());
            }
        }
    }

    private void receiveInTurn(Request request, InputStream in, OutputStream out) throws IOException {
        try (var writing = repositories.turnToWrite(request.repository())) {
            var pack = receive(repositories.repository(request.repository()), request, storing(request, in));
            var note = new AtomicReference<PushOptions.Note>(() -> {});
            pack.setPreReceiveHook((sent, commands) -> {
                before(request, sent, commands);
                note.set(keepOptions(request, sent, commands));
            });
            pack.setPostReceiveHook((sent, commands) -> {
                // What follows only reads.
                writing.close();
                if (commands.isEmpty()) {
                    note.get().forget();
                }
                after(request, sent, commands);
            });
            pack.receive(in, out, null);
        }
    }

    private Optional<QuietReceivePack.Storing> storing(Request request, InputStream in) {
        return repositories
                .nativeGit()
                .map(git -> wanted -> git.store(
                        repositories.path(request.repository()),
                        in,
                        wanted.stream().map(ObjectId::name).toList()));
    }

    private static ReceivePack receive(
            Repository repository, Request request, Optional<QuietReceivePack.Storing> storing) {
        var receive = new QuietReceivePack(repository, storing);
        receive.setBiDirectionalPipe(false);
        receive.setTimeout(PATIENCE_SECONDS);
        receive.setCheckReceivedObjects(true);
        receive.setAtomic(true);
        // Who pushes all that there is would else ask to delete them.
        receive.setRefFilter(refs -> refs.entrySet().stream()
                .filter(ref -> !ref.getKey().startsWith(KeptCommits.OURS))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
        receive.setAllowPushOptions(true);
        receive.setAllowNonFastForwards(true);
        receive.setMaxObjectSizeLimit(LARGEST_OBJECT);
        receive.setMaxPackSizeLimit(LARGEST_PUSH);
        return receive;
    }

    /// Protected branches move forward only, and only when what they would become has passed; others wait for that
    /// where the push asks for it.
    private void before(Request request, ReceivePack pack, Collection<ReceiveCommand> commands) {
        var waiting = new ArrayList<ReceiveCommand>();
        var unknown = Push.wrong(options(pack));
        for (var command : commands) {
            if (command.getResult() != ReceiveCommand.Result.NOT_ATTEMPTED) {
                continue;
            }
            var wrong = unknown.or(() -> wrong(pack.getRepository(), command));
            if (wrong.isPresent()) {
                refuse(command, wrong.get());
                continue;
            }
            var deletes = command.getType() == ReceiveCommand.Type.DELETE;
            var guarded = isProtected(request, command);
            if (guarded && (deletes || isForced(pack.getRepository(), command))) {
                refuse(command, "the branch is protected: it only moves forward");
            } else if (guarded
                    || (!deletes && isBranch(command) && options(pack).contains(Push.MUST_PASS))) {
                waiting.add(command);
            }
        }
        if (!waiting.isEmpty()) {
            var push = push(request, pack, waiting);
            // Whether it may move is known at the end of the run, so everybody waits for it.
            var options = Stream.concat(push.options().stream(), Stream.of(Push.MUST_PASS))
                    .filter(option -> !option.equals(Push.NO_WAIT))
                    .distinct()
                    .toList();
            var refused =
                    onPush.pushed(new Push(push.repository(), push.by(), push.updates(), options), progress(pack));
            refused.ifPresent(why -> waiting.forEach(command -> refuse(command, why)));
        }
    }

    /// Of branches whose runs are written down once they moved.
    private PushOptions.Note keepOptions(Request request, ReceivePack pack, Collection<ReceiveCommand> commands) {
        var going = ReceiveCommand.filter(commands, ReceiveCommand.Result.NOT_ATTEMPTED);
        try {
            return options(pack).isEmpty() ? () -> {} : repositories.options().keep(open(push(request, pack, going)));
        } catch (IOException e) {
            going.forEach(command -> refuse(command, String.valueOf(e.getMessage())));
            return () -> {};
        }
    }

    /// Why nobody may move a ref so, wherever it is.
    private static Optional<String> wrong(Repository repository, ReceiveCommand command) {
        if (command.getRefName().length() > LONGEST_REF) {
            return Optional.of("the name is longer than " + LONGEST_REF + " letters");
        }
        if (command.getRefName().startsWith(KeptCommits.OURS)) {
            return Optional.of("names below " + KeptCommits.OURS + " are the platform's own");
        }
        boolean moves = command.getType() != ReceiveCommand.Type.DELETE && isBranch(command);
        return moves && !isCommit(repository, command)
                ? Optional.of("a branch names a commit, and "
                        + command.getNewId().abbreviate(8).name() + " is none")
                : Optional.empty();
    }

    private static void refuse(ReceiveCommand command, String why) {
        var line = Escapes.plain(why.replaceAll("\\s+", " "));
        command.setResult(ReceiveCommand.Result.REJECTED_OTHER_REASON, line);
    }

    private boolean isProtected(Request request, ReceiveCommand command) {
        return isBranch(command)
                && repositories.isProtected(request.repository(), Repository.shortenRefName(command.getRefName()));
    }

    private static boolean isBranch(ReceiveCommand command) {
        return command.getRefName().startsWith("refs/heads/");
    }

    private static List<String> options(ReceivePack pack) {
        return pack.getPushOptions() == null ? List.of() : pack.getPushOptions();
    }

    private void after(Request request, ReceivePack pack, Collection<ReceiveCommand> commands) {
        // JGit calls this also when every command was refused.
        if (commands.isEmpty()) {
            return;
        }
        var push = push(request, pack, commands);
        try {
            after(push, progress(pack));
        } catch (ProblemException e) {
            repositories.moves().unsettled();
            LOG.warn("push to {} was stored, and no more: {}", push.repository(), e.getMessage());
            progress(pack)
                    .say("Johwa: the commits are stored, but what follows stopped: "
                            + e.problem().text());
            progress(pack).say("  Start it again with: git commit --allow-empty -m Again && git push");
        } catch (RuntimeException e) {
            repositories.moves().unsettled();
            LOG.error("push to {} failed after it was stored", push.repository(), e);
            var why = Shortage.of(e).map(each -> each.problem().text()).orElse("a bug in Johwa stopped the run: " + e);
            progress(pack).say("Johwa: the commits are stored, but " + why);
        }
    }

    private void after(Push push, Progress progress) {
        facts.append(push.facts());
        repositories.learnDefaultBranch(push.repository(), push.updates());
        var open = open(push);
        if (!open.updates().isEmpty()) {
            onPush.pushed(open, progress);
        }
    }

    /// What of it no run has decided about.
    private Push open(Push push) {
        var updates = push.updates().stream()
                .filter(update -> !update.isBranch() || update.isDeletion() || !isGuarded(push, update))
                .toList();
        return new Push(push.repository(), push.by(), updates, push.options());
    }

    private boolean isGuarded(Push push, RefUpdate update) {
        return push.mustPass() || repositories.isProtected(push.repository(), update.shortName());
    }

    private Push push(Request request, ReceivePack pack, Collection<ReceiveCommand> commands) {
        var updates = commands.stream()
                .map(command -> new RefUpdate(
                        command.getRefName(),
                        command.getOldId().name(),
                        command.getNewId().name(),
                        isForced(pack.getRepository(), command)))
                .toList();
        return new Push(request.repository(), request.by(), updates, options(pack));
    }

    private static boolean isCommit(Repository repository, ReceiveCommand command) {
        try (var walk = new RevWalk(repository)) {
            return walk.parseAny(command.getNewId()) instanceof RevCommit;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isForced(Repository repository, ReceiveCommand command) {
        if (ObjectId.zeroId().equals(command.getOldId()) || ObjectId.zeroId().equals(command.getNewId())) {
            return false;
        }
        try (var walk = new RevWalk(repository)) {
            var old = walk.parseAny(command.getOldId());
            var fresh = walk.parseAny(command.getNewId());
            return old instanceof RevCommit before
                    && fresh instanceof RevCommit after
                    && !walk.isMergedInto(before, after);
        } catch (IOException e) {
            return false;
        }
    }

    /// Names, settings and output of strangers are in these lines, and a terminal obeys what it is sent.
    private static Progress progress(ReceivePack pack) {
        return line -> {
            synchronized (pack) {
                for (var each : line.split("\\R", -1)) {
                    pack.sendMessage(Escapes.plain(each));
                }
                try {
                    var out = pack.getMessageOutputStream();
                    if (out != null) {
                        out.flush();
                    }
                } catch (IOException e) {
                    // The client has gone; the run goes on.
                }
            }
        };
    }

    /// @param service `git-upload-pack` or `git-receive-pack`
    /// @param protocol the header `Git-Protocol`, when sent
    /// @param by the name of the identity that asks
    public record Request(String repository, String service, Optional<String> protocol, String by) {
        public boolean isPush() {
            return service.equals("git-receive-pack");
        }
    }
}
