package dev.johwa.main;

import static dev.johwa.Wait.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever is done in whatever order, also when parts die: what answers is what a simple model says must be live, and
/// no process is left that nobody knows of; garbage is collected all the while, of what is older than an operation.
/// `-Djohwa.operations=500 -Djohwa.seed=7` makes it longer, or another.
class RandomOperationsTest {
    /// About as many acts as a push has.
    private static final int MOST_ACTS = 120;
    private static final int ACTS_OF_A_ROLLBACK = 20;
    /// What can be made again goes at once.
    private static final String[] TINY = {"--budget", "1Ki"};

    private final int operations = Integer.getInteger("johwa.operations", 12);
    private final long seed = Long.getLong("johwa.seed", 4);
    private final Random random = new Random(seed);
    private UpProcess up;
    private Dice dice;
    private Kills kills;

    @Test
    void whatAnswersIsWhatMustBeLive() throws Exception {
        var folder = Files.createTempDirectory("johwa-up");
        var cuts = new Cuts(folder.resolve("cuts"));
        up = new UpProcess(folder, new UpProcess.Program(cuts.options(), cuts.classPath(), TINY));
        dice = new Dice(up, random);
        try (var askers = new Askers(() -> up.ask(dice.host(), "/"));
                var _ = new Collectors(up)) {
            kills = new Kills(up, dice, askers, cuts, random);
            dice.pushGood();
            dice.check();
            for (int i = 0; i < operations; i++) {
                askers.mayFail(dice.isOff());
                Collectors.makeOld(up.data());
                step(askers);
                dice.check();
                assertThat(askers.lost()).as("requests lost").isEmpty();
            }
            askers.mayFail(true);
            up.down();
            eventually(() -> leftOvers().isEmpty());
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed + ":\n" + dice.story() + "\n" + up.words(), e);
        } finally {
            up.close();
        }
    }

    private List<String> leftOvers() {
        try {
            return up.leftOvers(dice.host());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void step(Askers askers) throws IOException {
        switch (random.nextInt(18)) {
            case 0, 1 -> dice.pushGood();
            case 2 -> dice.pushBad("bad");
            case 3 -> pushBad(askers, List.of("crash", "sick", "edge").get(random.nextInt(3)));
            case 4 -> dice.deployEarlier();
            case 5 -> dice.rollBack();
            case 6 -> rollBackTo();
            case 7 -> scale(askers, random.nextInt(3));
            case 8 -> dice.setGreeting();
            case 9 -> dice.setSecret();
            case 10 -> kills.anInstance();
            case 11 -> kills.theEdge();
            case 12 -> kills.theControlPlane();
            case 13 -> kills.whileGoingBack(random.nextInt(1, ACTS_OF_A_ROLLBACK));
            case 14 -> kills.whileSetting(random.nextInt(1, ACTS_OF_A_ROLLBACK));
            default -> kills.whilePushing(random.nextInt(1, MOST_ACTS));
        }
    }

    private void rollBackTo() {
        dice.earlier().ifPresent(dice::rollBack);
    }

    private void pushBad(Askers askers, String kind) throws IOException {
        // What only the edge sees to be sick is seen by others too, for a moment.
        askers.mayFail(dice.isOff() || kind.equals("edge"));
        dice.pushBad(kind);
    }

    private void scale(Askers askers, int wanted) {
        askers.mayFail(dice.isOff() || wanted == 0);
        dice.scale(wanted);
    }
}
