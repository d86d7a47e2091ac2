<p><?= $this->title() ?>, round <?= $i ?> of <?= $name ?></p>
