"""The catalogue: books and products, their editions, copies, codes and covers."""
