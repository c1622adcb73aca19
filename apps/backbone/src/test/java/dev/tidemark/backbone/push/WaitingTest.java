package dev.tidemark.backbone.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WaitingTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final ExecutorService answering = Executors.newFixedThreadPool(2, work -> new Thread(work, "answering"));
    private final Waiting<String> waiting = new Waiting<>(2, LONG, answering);

    @AfterEach
    void stop() {
        answering.shutdownNow();
    }

    @Test
    void bringsTheAnswerToWhoWaitsForIt() throws Exception {
        Waiting.Ticket<String> first = waiting.begin("p");
        Waiting.Ticket<String> second = waiting.begin("p");

        waiting.answer(second.id(), "two");
        waiting.answer(first.id(), "one");

        assertThat(first.answer().get(5, TimeUnit.SECONDS)).isEqualTo("one");
        assertThat(second.answer().get(5, TimeUnit.SECONDS)).isEqualTo("two");
    }

    @Test
    void forgetsAnAnswerThatNobodyWaitsFor() {
        waiting.answer("nobody", "x");
        waiting.fail("nobody", new IllegalStateException());

        assertThat(waiting.size()).isZero();
    }

    @Test
    void takesTheFirstAnswerOnly() throws Exception {
        Waiting.Ticket<String> ticket = waiting.begin("p");

        waiting.answer(ticket.id(), "first");
        waiting.answer(ticket.id(), "second");
        waiting.fail(ticket.id(), new IllegalStateException());

        assertThat(ticket.answer().get(5, TimeUnit.SECONDS)).isEqualTo("first");
    }

    @Test
    void refusesMoreThanMayWaitUntilOneIsAnswered() {
        Waiting.Ticket<String> ticket = waiting.begin("p");
        waiting.begin("p");
        assertThatExceptionOfType(Waiting.TooMany.class).isThrownBy(() -> waiting.begin("p"));

        waiting.answer(ticket.id(), "x");

        assertThat(waiting.begin("p")).isNotNull();
    }

    @Test
    void endsAWaitThatNobodyAnswersAndForgetsIt() {
        Waiting<String> impatient = new Waiting<>(1, Duration.ofMillis(20), answering);

        Waiting.Ticket<String> ticket = impatient.begin("p");

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> ticket.answer().get(5, TimeUnit.SECONDS))
                .withCauseInstanceOf(TimeoutException.class);
        await().until(() -> impatient.size() == 0);
    }

    @Test
    void endsAWaitThatCannotBeAnswered() {
        Waiting.Ticket<String> ticket = waiting.begin("p");

        waiting.fail(ticket.id(), new IllegalStateException("lost"));

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> ticket.answer().get(5, TimeUnit.SECONDS))
                .withMessageContaining("lost");
        assertThat(waiting.size()).isZero();
    }

    @Test
    void neverRunsTheWaitersWorkOnTheThreadThatAnswers() throws Exception {
        CountDownLatch blocked = new CountDownLatch(1);
        CompletableFuture<String> ranOn = new CompletableFuture<>();
        Waiting.Ticket<String> ticket = waiting.begin("p");
        ticket.answer().thenRun(() -> {
            ranOn.complete(Thread.currentThread().getName());
            awaitUninterruptibly(blocked);
        });

        waiting.answer(ticket.id(), "x");

        assertThat(ranOn.get(5, TimeUnit.SECONDS)).isEqualTo("answering");
        blocked.countDown();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void failsWhatIsAboutTheProjectsThatMoveAndNothingElse() {
        Waiting.Ticket<String> moving = waiting.begin("moving");
        Waiting.Ticket<String> staying = waiting.begin("staying");

        waiting.failAll("moving"::equals, new IllegalStateException("it moves"));

        assertThat(moving.answer()).failsWithin(LONG).withThrowableThat().withMessageContaining("it moves");
        assertThat(staying.answer()).isNotDone();
    }
}
