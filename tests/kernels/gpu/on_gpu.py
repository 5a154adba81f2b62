"""The CUDA kernels on a real GPU. It needs PyTorch and the built package, and no test runner:

    python -m tests.kernels.gpu.on_gpu [--rehearse] [TEST...]

With ``--rehearse`` the emulator takes the place of the GPU, or the CPU backend where no emulator was built, and what no
processor can do is skipped. Recorded cases are replayed beside, by ``python -m vision_kernels.replay FOLDER --backend cuda``.
"""

import sys
import unittest
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
import vision_kernels

from tests.kernels.arrays import numbered, started
from tests.kernels.declared import functions, steps
from tests.kernels.drawing import draw_scalars, ordinary, ordinary_gradients
from tests.kernels.gpu.query import absence
from tests.kernels.gpu.small_calls import SmallCalls
from tests.kernels.gpu.trying import Place, Tried

BEYOND_32_BITS = 2**31 + 17


class Updates(Tried):
    def test_one_call_for_tensors_of_all_sizes_gives_what_the_cpu_gives(self) -> None:
        for number, function in enumerate(steps()):
            for seed in range(4):
                with self.subTest(function=function, seed=seed):
                    self._agrees(function, np.random.default_rng(100 * number + seed))

    def _agrees(self, function: str, rng: np.random.Generator) -> None:
        kind = np.float16 if "half" in function else np.float32
        scalars = draw_scalars(function, rng)
        host = [started(function, ordinary((size,), rng).astype(kind), scalars, 0.1) for size in self.place.sizes]
        device = [{name: self.place.put(array) for name, array in arrays.items()} for arrays in host]
        for step in range(1, 4):
            gradients = [ordinary_gradients(1, size, rng)[0].astype(kind) for size in self.place.sizes]
            at = numbered(function, scalars, step)
            with vision_kernels.backend("cpu"):
                _update(function, host, gradients, at)
            _update(function, device, [self.place.put(gradient) for gradient in gradients], at)
        for arrays, tensors in zip(host, device, strict=True):
            for name, array in arrays.items():
                np.testing.assert_array_equal(tensors[name].cpu().numpy(), array, err_msg=f"{name} {scalars}")

    def test_half_precision_with_masters_gives_what_the_cpu_gives(self) -> None:
        for dtype in (torch.float16, torch.bfloat16):
            weight = torch.randn(1001).to(dtype)
            gradient, master = torch.randn(1001).to(dtype), weight.float()
            tensors = [weight, gradient, master]
            device = [tensor.to(self.place.device, copy=True) for tensor in tensors]
            _half_precision_step(*device)
            with vision_kernels.backend("cpu"):
                _half_precision_step(*tensors)
            self.assertTrue(torch.equal(device[0].cpu(), weight) and torch.equal(device[2].cpu(), master))


class Places(Tried):
    def test_indices_beyond_32_bits_are_reached(self) -> None:
        self.needs_a_gpu("4 GiB of numbers take a processor too long")
        gradient = torch.full((BEYOND_32_BITS,), 3.0, dtype=torch.float16, device=self.place.device)
        vision_kernels.keras_clip_value([gradient], clip_value=1.0)
        self.assertEqual(float(gradient[-1]), 1.0)
        self.assertEqual(float(gradient[2**31]), 1.0)
        self.assertTrue(bool((gradient == 1).all()))

    def test_the_callers_stream_is_used(self) -> None:
        self.needs_a_gpu("a processor has no streams")
        stream = torch.cuda.Stream()
        weight, gradient = (
            torch.zeros(10_000_000, device=self.place.device),
            torch.zeros(10_000_000, device=self.place.device),
        )
        torch.cuda.synchronize()
        with torch.cuda.stream(stream):
            torch.cuda._sleep(200_000_000)
            gradient.fill_(1)
            vision_kernels.mxnet_sgd_step([weight], [gradient], learning_rate=0.5, momentum=0.0, weight_decay=0.0)
            result = weight.clone()
        stream.synchronize()
        self.assertTrue(bool((result == -0.5).all()))

    def test_views_away_from_any_alignment_are_read_and_nothing_beside_is_written(self) -> None:
        memory = torch.full((4099,), 7.0, device=self.place.device)
        gradient = torch.ones(4097, device=self.place.device)
        vision_kernels.mxnet_sgd_step([memory[1:-1]], [gradient], learning_rate=1.0, momentum=0.0, weight_decay=0.0)
        self.assertEqual((float(memory[0]), float(memory[-1])), (7.0, 7.0))
        self.assertTrue(bool((memory[1:-1] == 6).all()))

    def test_arrays_of_two_places_are_refused(self) -> None:
        self.needs_a_gpu("there is one place only")
        weight, gradient = torch.zeros(3, device=self.place.device), torch.zeros(3)
        with self.assertRaisesRegex(ValueError, r"gradient\[0\] must lie in the memory of a CUDA device"):
            vision_kernels.mxnet_sgd_step([weight], [gradient], learning_rate=0.1, momentum=0.0, weight_decay=0.0)
        self.assertTrue(bool((weight == 0).all()))

    def test_more_tensors_than_fit_into_one_launch_are_all_updated(self) -> None:
        weights = [torch.zeros(3, device=self.place.device) for _ in range(3000)]
        gradients = [torch.full((3,), float(number), device=self.place.device) for number in range(3000)]
        vision_kernels.mxnet_sgd_step(weights, gradients, learning_rate=1.0, momentum=0.0, weight_decay=0.0)
        self.assertTrue(all(bool((weight == -number).all()) for number, weight in enumerate(weights)))


class Launches(Tried):
    def test_captured_calls_compute_the_same_whenever_their_graph_is_launched(self) -> None:
        self.needs_a_gpu("a processor captures no graphs")
        image = torch.arange(40 * 30 * 3, device=self.place.device).to(torch.uint8).reshape(40, 30, 3)
        resized = torch.empty(17, 11, 3, device=self.place.device)
        gradient, clipped = (
            torch.full((9000,), 2.0, device=self.place.device),
            torch.empty(9000, device=self.place.device),
        )
        _resize_and_clip(image, resized, gradient, clipped)
        expected = resized.clone(), clipped.clone()
        graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(graph):
            _resize_and_clip(image, resized, gradient, clipped)
        for _ in range(3):
            resized.zero_()
            clipped.zero_()
            graph.replay()
            self.assertTrue(torch.equal(resized, expected[0]) and torch.equal(clipped, expected[1]))

    def test_arrays_away_from_the_current_device_are_computed_where_they_lie(self) -> None:
        self.needs_a_gpu("a processor is one device")
        if torch.cuda.device_count() < 2:
            self.skipTest("there is one GPU only")
        # The first array has no memory that could tell where it lies.
        weights = [torch.empty(0, device="cuda:1"), torch.zeros(5, device="cuda:1")]
        gradients = [torch.empty(0, device="cuda:1"), torch.ones(5, device="cuda:1")]
        vision_kernels.mxnet_sgd_step(weights, gradients, learning_rate=1.0, momentum=0.0, weight_decay=0.0)
        vision_kernels.keras_clip_norm(gradients, clip_norm=1.0)
        self.assertEqual(torch.cuda.current_device(), 0)
        self.assertTrue(bool((weights[1] == -1).all()))
        self.assertAlmostEqual(float(gradients[1].norm()), 1.0, places=6)


def _resize_and_clip(image: torch.Tensor, resized: torch.Tensor, gradient: torch.Tensor, clipped: torch.Tensor) -> None:
    vision_kernels.resize([image], height=17, width=11, resized=[resized])
    clipped.copy_(gradient)
    vision_kernels.keras_clip_norm([clipped], clip_norm=1.0)


def _half_precision_step(weight: torch.Tensor, gradient: torch.Tensor, master: torch.Tensor) -> None:
    vision_kernels.mxnet_sgd_step(
        [weight], [gradient], master=[master], learning_rate=0.1, momentum=0.0, weight_decay=0.01
    )


def _update(function: str, entries: list[dict[str, Any]], gradients: list[Any], scalars: dict[str, Any]) -> None:
    lists = {name: [arrays[name] for arrays in entries] for name in entries[0]}
    weight = lists.pop("weight")
    getattr(vision_kernels, function)(weight, gradients, **lists, **scalars)


def main(arguments: Sequence[str]) -> int:
    """Runs the tests; returns 0 if all passed, 1 if one did not, or where there is no GPU."""
    names = [argument for argument in arguments if argument != "--rehearse"]
    rehearsed = len(names) < len(arguments)
    if not rehearsed and (reason := absence()):
        print(reason, file=sys.stderr)
        return 1
    Tried.place = Place(rehearsed)
    print(f"{Tried.place}: {len(functions())} functions are declared", flush=True)
    program = unittest.main(__name__, argv=[__name__, *names], verbosity=2, exit=False)
    return 0 if program.result.testsRun and program.result.wasSuccessful() else 1


__all__ = ["Launches", "Places", "SmallCalls", "Updates", "main"]

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
