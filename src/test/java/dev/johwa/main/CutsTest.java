package dev.johwa.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The control plane ends before an act of its own, and the next one makes what is live what should be: at some acts
/// spread over each kind of work, chosen by a seed; `-Djohwa.every=1` at each of them.
class CutsTest {
    private static final int SPREAD = 300;
    /// Most kinds of work have so many acts.
    private static final int FIRST = 60;

    private final int every = Integer.getInteger("johwa.every", SPREAD);
    private final long seed = Long.getLong("johwa.seed", 5);
    private final String kinds =
            System.getProperty("johwa.kinds", "push rollback settings scale gc preview removal backup data job");
    private final Random random = new Random(seed);

    private int twigs;
    private Optional<Chores> chores = Optional.empty();

    private interface Work {
        boolean endsBefore(int act) throws IOException;
    }

    private Chores chores(UpProcess up, Kills kills) throws IOException {
        chores = Optional.of(chores.isPresent() ? chores.get() : new Chores(up, kills));
        return chores.get();
    }

    @Test
    void whatIsLiveIsWhatShouldBeWhereverItEnds() throws Exception {
        var folder = Files.createTempDirectory("johwa-up");
        var cuts = new Cuts(folder.resolve("cuts"));
        var up = new UpProcess(folder, new UpProcess.Program(cuts.options(), cuts.classPath()));
        var dice = new Dice(up, random);
        try (var askers = new Askers(() -> up.ask(dice.host(), "/"))) {
            var kills = new Kills(up, dice, askers, cuts, random);
            dice.pushGood();
            dice.pushGood();
            askers.mayFail(false);
            for (var kind : kinds.split(" ")) {
                Work work = switch (kind) {
                    case "push" -> kills::whilePushing;
                    case "rollback" -> kills::whileGoingBack;
                    case "settings" -> kills::whileSetting;
                    case "scale" -> kills::whileScaling;
                    case "preview" -> act -> new Twig(up, kills, ++twigs).losesItsPreview(act);
                    case "backup" -> act -> kills.whileBackingUp(Chores.backups(up), act);
                    case "data" -> chores(up, kills)::getsADatabase;
                    case "job" -> chores(up, kills)::runsItsJob;
                    case "removal" -> act -> new Twig(up, kills, ++twigs).isDeleted(act);
                    default -> kills::whileCollecting;
                };
                int act = first(work, kind);
                do {
                    dice.check();
                    assertThat(askers.lost()).as("requests lost").isEmpty();
                    act += every;
                } while (work.endsBefore(act));
                dice.check();
            }
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed + ":\n" + dice.story() + "\n" + up.words(), e);
        } finally {
            up.close();
        }
    }

    /// Ends it before one of its acts; of work that has fewer than was drawn, before an earlier one.
    private int first(Work work, String kind) throws IOException {
        int act = 1 + random.nextInt(Math.min(every, FIRST));
        while (!work.endsBefore(act)) {
            assertThat(act).as("the acts of %s", kind).isGreaterThan(1);
            act /= 2;
        }
        return act;
    }
}
