"""The fingerprint of the schema of each version; `tests/store/test_migrate.py` says what a new one's is."""

FINGERPRINTS = {
    1: "305d0ae980626cf4f438b1fbf7108747",
    2: "2cf33507057cdc4c8a567293eb7c2757",
    3: "01a892a51fd35732e2ccb33a7be73461",
    4: "efd73e032866457f075360cebd684b59",
    5: "51636c55240c4cda5a73d25927127ee4",
    6: "d47472ee1531377577853b6f1725b585",
    7: "7d0a763e3c53d392c68d2ce6386b18c7",
    8: "3fb16295bdeaeab8b7b5921276831074",
    9: "50e0f37609ca3fdcdf5bb6532129aa35",
    10: "2dcaaadd4fa9480c1e39f925515ddad5",
    11: "f5d1c8b1de60a428853ee7bf2cfb20f9",
    12: "7f2b536d2269c02b0078a621c3ba9e37",
    13: "d50eb46e62a07d7ab6edd0bccd8c3d2e",
    14: "6492ce0e72136a14fc087c8137e205c9",
    15: "f11a36cdc3e2bc812480a73ceb5d6cc7",
    16: "55bb85619d7d1752a013befbb16ad1da",
    17: "140bc032d8a31e3157d7c82348de6e60",
    18: "140bc032d8a31e3157d7c82348de6e60",
    19: "adb30d8e245aba61d57564c50a27c3bc",
    20: "99ba6ae081863a9956925aefe3f1e552",
}
