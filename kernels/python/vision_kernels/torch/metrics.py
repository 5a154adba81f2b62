"""Metrics over streams of batches, as operators of PyTorch. Counts are updated in place."""

from vision_kernels.torch.operators import operator

count_correct = operator("count_correct")
count_correct_in_top_k = operator("count_correct_in_top_k")
count_correct_per_class = operator("count_correct_per_class")
keras_confusion = operator("keras_confusion")
keras_auc_counts = operator("keras_auc_counts")
keras_auc = operator("keras_auc")
match_detections = operator("match_detections")
average_precision = operator("average_precision")
