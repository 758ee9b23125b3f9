package dev.johwa.source.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.ObjectWalk;
import org.eclipse.jgit.revwalk.RevObject;

/// Reads every object that the references of a repository lead to, where the machine has no git. Used once.
final class ObjectCheck {
    private static final int LARGEST_READ_AT_ONCE = 64 << 20;

    private final Repository repository;
    private final List<String> wrong = new ArrayList<>();

    ObjectCheck(Repository repository) {
        this.repository = repository;
    }

    List<String> run() throws IOException {
        for (var ref : repository.getRefDatabase().getRefs()) {
            if (ref.getObjectId() != null) {
                walk(ref.getName(), ref.getObjectId());
            }
        }
        return wrong;
    }

    private void walk(String name, ObjectId start) {
        try (var walk = new ObjectWalk(repository);
                var formatter = new ObjectInserter.Formatter()) {
            walk.markStart(walk.parseAny(start));
            for (RevObject each = walk.next(); each != null; each = walk.next()) {
                prove(walk, formatter, each);
            }
            for (RevObject each = walk.nextObject(); each != null; each = walk.nextObject()) {
                prove(walk, formatter, each);
            }
        } catch (IOException e) {
            wrong.add(name + ": " + e.getMessage());
        }
    }

    /// A huge one is only looked for: it need not fit into memory.
    private void prove(ObjectWalk walk, ObjectInserter.Formatter formatter, RevObject each) throws IOException {
        var loader = walk.getObjectReader().open(each);
        if (loader.getSize() <= LARGEST_READ_AT_ONCE
                && !formatter.idFor(each.getType(), loader.getBytes()).equals(each)) {
            wrong.add("object " + each.name() + " is not what its name says");
        }
    }
}
