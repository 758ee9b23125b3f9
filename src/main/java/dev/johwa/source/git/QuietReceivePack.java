package dev.johwa.source.git;

import java.io.IOException;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceiveCommand.Result;
import org.eclipse.jgit.transport.ReceivePack;

/// Receives a push without telling the pusher how far the refs are: what they read is the run.
final class QuietReceivePack extends ReceivePack {
    QuietReceivePack(Repository repository) {
        super(repository);
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
