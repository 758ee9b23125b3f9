import unittest

from greeting import LONGEST_NAME, greet


class GreetingTest(unittest.TestCase):
    def test_greets_by_name(self):
        self.assertEqual(greet("Ada"), "Hello, Ada!")

    def test_greets_the_world_when_nobody_is_named(self):
        self.assertEqual(greet("  "), "Hello, world!")

    def test_refuses_an_endless_name(self):
        with self.assertRaises(ValueError):
            greet("x" * (LONGEST_NAME + 1))
