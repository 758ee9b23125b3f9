package dev.johwa.source.git;

import dev.johwa.lib.file.Shortage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.internal.submodule.SubmoduleValidator.SubmoduleValidationException;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceiveCommand.Result;
import org.eclipse.jgit.transport.ReceivePack;

/// Receives a push without telling the pusher how far the refs are: what they read is the run. The pack goes to the
/// machine's git when there is one, whose memory is not ours.
final class QuietReceivePack extends ReceivePack {
    private final Optional<Storing> storing;

    /// Where the pack that the client sends goes.
    @FunctionalInterface
    interface Storing {
        /// @param wanted what the refs will name, which must be whole
        /// @throws IOException with the reason, told to the client, when it is refused
        void store(List<ObjectId> wanted) throws IOException;

        /// The same, with a reason in words for people where it is what the machine had not got.
        default Storing inWords() {
            return wanted -> {
                try {
                    store(wanted);
                } catch (IOException | UncheckedIOException e) {
                    var shortage = Shortage.of(e).map(Shortage::problem);
                    if (shortage.isEmpty()) {
                        throw e;
                    }
                    throw new IOException(shortage.get().text(), e);
                }
            };
        }
    }

    /// @param storing empty: JGit reads the pack itself
    QuietReceivePack(Repository repository, Optional<Storing> storing) {
        super(repository);
        this.storing = storing.map(Storing::inWords);
    }

    @Override
    protected void receivePackAndCheckConnectivity() throws IOException, SubmoduleValidationException {
        if (storing.isEmpty()) {
            super.receivePackAndCheckConnectivity();
            return;
        }
        var wanted = getAllCommands().stream()
                .filter(command -> command.getType() != ReceiveCommand.Type.DELETE)
                .map(ReceiveCommand::getNewId)
                .toList();
        storing.get().store(wanted);
    }

    @Override
    protected void executeCommands() {
        var wanted = ReceiveCommand.filter(getAllCommands(), Result.NOT_ATTEMPTED);
        if (wanted.isEmpty()) {
            return;
        }
        var batch = getRepository().getRefDatabase().newBatchUpdate();
        batch.setAllowNonFastForwards(isAllowNonFastForwards());
        batch.setAtomic(isAtomic());
        batch.setRefLogIdent(getRefLogIdent());
        batch.setRefLogMessage("push", true);
        batch.addCommand(wanted);
        try {
            batch.execute(getRevWalk(), NullProgressMonitor.INSTANCE);
        } catch (IOException e) {
            for (var command : wanted) {
                if (command.getResult() == Result.NOT_ATTEMPTED) {
                    command.setResult(Result.REJECTED_OTHER_REASON, "the refs could not be written: " + e.getMessage());
                }
            }
        }
    }
}
